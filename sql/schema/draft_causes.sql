-- Grain: cause of a draft's difference from what was posted before. Key: draft_no, project_id,
-- year, position. Columns as in run.causes, but of_one_da.
CREATE TABLE IF NOT EXISTS draft_causes (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text_da VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    amount_dkk DECIMAL(38, 2) NOT NULL
)
