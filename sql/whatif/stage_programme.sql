-- Grain: stage. Key: stage. appropriation_dkk: the appropriation by its rules.
CREATE OR REPLACE TABLE run.stage_programme (
    stage VARCHAR NOT NULL,
    appropriation_dkk DECIMAL(18, 2) NOT NULL
)
