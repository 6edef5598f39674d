-- Grain: change, between two stages. Key: position. is_severity: a rule's action was changed, and
-- no parameter.
CREATE OR REPLACE TABLE run.changes_laid (
    position INTEGER NOT NULL,
    change VARCHAR NOT NULL,
    before_stage VARCHAR NOT NULL,
    after_stage VARCHAR NOT NULL,
    is_severity BOOLEAN NOT NULL
)
