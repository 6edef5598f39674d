-- Grain: row, rule that it breaks. Key: table_name, delivery_no, row_no, code. action: 'reject',
-- 'remark', or 'hold' (the row counts, and holds its project).
CREATE OR REPLACE TABLE run.quarantine (
    table_name VARCHAR NOT NULL,
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    action VARCHAR NOT NULL
)
