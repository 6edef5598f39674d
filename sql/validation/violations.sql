-- Grain: violation. Key: table_name, project_id, row_no, key, code. row_no: as a spreadsheet
-- numbers it; null where no row is meant.
CREATE OR REPLACE TABLE run.violations (
    project_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    row_no INTEGER,
    key VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message_da VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL
)
