-- Grain: project of the register, municipality. Key: both.
-- Reads register_municipalities (frame).
CREATE OR REPLACE TABLE run.project_municipalities AS SELECT * FROM register_municipalities
