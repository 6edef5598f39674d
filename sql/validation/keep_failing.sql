-- Adds the keys that fail a rule, and gives how many they are. The places in braces take the rule's
-- code and its own query.
INSERT INTO run.failing BY NAME
SELECT '{rule}' AS rule, *
FROM ({failing})
