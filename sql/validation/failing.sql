-- Grain: rule of the suite that is judged, key that fails it. Key: all columns; those of another
-- suite's key are null.
CREATE OR REPLACE TABLE run.failing (
    rule VARCHAR NOT NULL,
    table_name VARCHAR,
    delivery_no INTEGER,
    row_no INTEGER,
    project_id VARCHAR,
    receipt_no INTEGER,
    code VARCHAR
)
