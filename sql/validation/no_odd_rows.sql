-- Grain: rejected row that seems none of its table: a second header, a sum, a note.
-- Key: table_name, delivery_no, row_no. What it seems is said in place of what is wrong with each
-- of its cells.
CREATE OR REPLACE TABLE run.odd_rows (
    table_name VARCHAR NOT NULL,
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    message_da VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL
)
