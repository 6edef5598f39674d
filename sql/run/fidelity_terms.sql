-- Grain: one row, or none where the rules have none. When the spells fulfil an element: the types
-- and days of the rules file. Reads rule_fidelity (frame).
CREATE OR REPLACE TABLE run.fidelity_terms AS SELECT * FROM rule_fidelity
