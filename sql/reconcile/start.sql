-- Grain: sum that this run holds against another. Key: equation, subject, unit. Columns as in
-- core_reconciliations.
CREATE OR REPLACE TABLE run.reconciliations (
    equation VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    left_side DECIMAL(18, 2) NOT NULL,
    right_side DECIMAL(18, 2) NOT NULL
)
