-- Grain: target group. Key: maalgruppe.
-- Reads rule_target_groups (frame).
CREATE OR REPLACE TABLE run.target_groups AS SELECT * FROM rule_target_groups
