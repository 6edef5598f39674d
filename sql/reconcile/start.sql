-- Grain: sum of this run that is held against another. As core_reconciliations.
CREATE OR REPLACE TABLE run.reconciliations (
    equation VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    left_side DECIMAL(18, 2) NOT NULL,
    right_side DECIMAL(18, 2) NOT NULL
)
