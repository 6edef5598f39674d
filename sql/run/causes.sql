-- Grain: project, year, cause of a difference against what is posted. position: its place in the letter.
CREATE OR REPLACE TABLE run.causes (
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text_da VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    amount_dkk DECIMAL(38, 2) NOT NULL
)
