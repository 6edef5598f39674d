-- Grain: municipality, target group. Key: both. population: citizens of the group who live there.
-- Reads register_populations (frame).
CREATE OR REPLACE TABLE run.population AS SELECT * FROM register_populations
