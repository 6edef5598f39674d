-- Grain: arm of the trial. Key: gruppe (what a delivery writes); arm: 'participant' or 'control'.
-- Reads rule_arms (frame).
CREATE OR REPLACE TABLE run.arms AS SELECT * FROM rule_arms
