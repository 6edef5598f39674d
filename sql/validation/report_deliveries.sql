-- Adds to run.violations the deliveries that fail a rule. The places in braces take the suite's
-- batch and the values shown.
INSERT INTO run.violations
SELECT b.project_id, $table_name, NULL, {visible_key}, b.code, $action, {message_da}, {message_en}
FROM run.faults AS b
SEMI JOIN {batch} AS d USING (receipt_no)
WHERE b.code = $code
