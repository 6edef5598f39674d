-- Grain: table of a delivery. Key: delivery_no, table_name. received: rows that are not wholly
-- blank, ragged ones (R01) included.
CREATE TABLE IF NOT EXISTS core_row_counts (
    delivery_no INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    received BIGINT NOT NULL,
    ragged BIGINT NOT NULL
)
