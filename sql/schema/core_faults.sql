-- Grain: place where an F rule fails in a delivery, as judged at a receipt. Key: receipt_no,
-- place_no (order found). place_da, place_en: what is wrong and where, masked.
CREATE TABLE IF NOT EXISTS core_faults (
    receipt_no INTEGER NOT NULL,
    place_no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    place_da VARCHAR NOT NULL,
    place_en VARCHAR NOT NULL
)
