-- Grain: project of the register that has a draw. Key: project_id. finding_*: what is wrong with
-- its record, null where it holds. Reads known_draws (frame).
CREATE OR REPLACE TABLE run.draws AS
SELECT project_id, finding_da, finding_en FROM known_draws
