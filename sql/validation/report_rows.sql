-- Adds to run.violations the rows of one table that fail the rules of a suite ($rules). The places
-- in braces take its batch, the key and the values shown, and the messages of q.code. A rejected
-- row that seems none of its table has the message of run.odd_rows instead.
INSERT INTO run.violations
WITH broken AS (
    SELECT b.project_id, b.delivery_no, b.row_no, {shown}
    FROM {batch} AS b
)

SELECT
    b.project_id,
    $table_name,
    b.row_no,
    visible_id(b.key),
    q.code,
    q.action,
    coalesce(o.message_da || r.page, {message_da}),
    coalesce(o.message_en || r.page, {message_en})
FROM broken AS b
JOIN run.quarantine AS q USING (delivery_no, row_no)
JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
LEFT JOIN run.odd_rows AS o
    ON
        q.action = 'reject'
        AND o.table_name = q.table_name
        AND o.delivery_no = q.delivery_no
        AND o.row_no = q.row_no
WHERE q.table_name = $table_name
