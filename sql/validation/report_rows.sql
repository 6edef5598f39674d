-- Adds to run.violations the rows of one table that fail a rule. The places in braces take the
-- suite's batch and the values shown.
INSERT INTO run.violations
SELECT
    b.project_id,
    $table_name,
    b.row_no,
    visible_id({visible_key}),
    q.code,
    q.action,
    {message_da},
    {message_en}
FROM {batch} AS b
JOIN run.quarantine AS q USING (delivery_no, row_no)
WHERE q.table_name = $table_name AND q.code = $code
