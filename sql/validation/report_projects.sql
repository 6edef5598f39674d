-- Adds to run.violations the projects, or the portfolio, that fail a rule. The places in braces
-- take the suite's batch and the values shown.
INSERT INTO run.violations
SELECT b.project_id, $table_name, NULL, '', q.code, q.action, {message_da}, {message_en}
FROM {batch} AS b
JOIN run.project_holds AS q USING (project_id)
WHERE q.code = $code
