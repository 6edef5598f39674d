-- Adds the rows that fail a rule that holds for every table. The place in braces takes the rule's
-- own query.
INSERT INTO run.quarantine (table_name, delivery_no, row_no, code, action)
SELECT table_name, delivery_no, row_no, $code, $action
FROM ({failing})
