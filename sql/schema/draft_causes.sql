-- The causes of a draft's differences to what was posted before. Columns as in run.causes. Key: draft_no, project_id,
-- year, position.
CREATE TABLE IF NOT EXISTS draft_causes (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text_da VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    amount_dkk DECIMAL(38, 2) NOT NULL
)
