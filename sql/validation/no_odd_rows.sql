-- Grain: rejected row that seems none of its table: a second header, a sum, a note.
-- Key: table_name, delivery_no, row_no. message_*: what it seems to be; reported in place of the
-- flaws of its cells.
CREATE OR REPLACE TABLE run.odd_rows (
    table_name VARCHAR NOT NULL,
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    message_da VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL
)
