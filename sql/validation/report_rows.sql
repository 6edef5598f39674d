-- Adds to run.violations the rows of one table that fail a rule. The places in braces take the
-- suite's batch and the values shown; what a row as a whole seems goes before its cells.
INSERT INTO run.violations
SELECT
    b.project_id,
    $table_name,
    b.row_no,
    visible_id({visible_key}),
    q.code,
    q.action,
    coalesce(o.message_da || $page, {message_da}),
    coalesce(o.message_en || $page, {message_en})
FROM {batch} AS b
JOIN run.quarantine AS q USING (delivery_no, row_no)
LEFT JOIN run.odd_rows AS o
    ON
        q.action = 'reject'
        AND o.table_name = q.table_name
        AND o.delivery_no = q.delivery_no
        AND o.row_no = q.row_no
WHERE q.table_name = $table_name AND q.code = $code
