-- Grain: core element of JobFirst. Key: element (its code). number: 1-9; judged_by: 'registered' or
-- 'forloeb'; due_days: days from visitationsdato to the day it is due. Empty where the rules have
-- none. Reads rule_elements (frame).
CREATE OR REPLACE TABLE run.elements AS SELECT * FROM rule_elements
