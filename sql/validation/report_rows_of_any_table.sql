-- Adds to run.violations the rows of any table that fail a rule. The places in braces take the
-- suite's batch and the values shown.
INSERT INTO run.violations
SELECT b.project_id, b.table_name, b.row_no, '', q.code, q.action, {message_da}, {message_en}
FROM {batch} AS b
JOIN run.quarantine AS q USING (table_name, delivery_no, row_no)
WHERE q.code = $code
