-- Grain: project ('' for the portfolio), rule that it breaks. Key: both. action: 'hold' or
-- 'remark'.
CREATE OR REPLACE TABLE run.project_holds (
    project_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    action VARCHAR NOT NULL
)
