-- Grain: CSV row whose fields are more or fewer than the header's (R01). Key: table_name,
-- delivery_no, row_no. split_place: the first of two fields that seem one number, split at its
-- decimal comma, where that explains the surplus; else null. Nothing else is kept of it.
CREATE TABLE IF NOT EXISTS core_ragged (
    delivery_no INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    field_count INTEGER NOT NULL,
    header_count INTEGER NOT NULL,
    split_place INTEGER
)
