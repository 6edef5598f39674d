-- Grain: stage, rule that something breaks. Key: stage, code. found: the rows or projects that
-- break it.
CREATE OR REPLACE TABLE run.stage_rules (
    stage VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    found BIGINT NOT NULL
)
