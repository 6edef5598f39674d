-- Grain: target group, benefit that its citizens receive. Key: both.
-- Reads rule_benefits (frame).
CREATE OR REPLACE TABLE run.benefits AS SELECT * FROM rule_benefits
