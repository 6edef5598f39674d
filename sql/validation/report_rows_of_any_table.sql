-- Adds to run.violations the rows of any table that fail the rules of a suite ($rules). The places
-- in braces take its batch, the values shown, and the messages of q.code.
INSERT INTO run.violations
WITH broken AS (
    SELECT b.project_id, b.table_name, b.delivery_no, b.row_no, {shown}
    FROM {batch} AS b
)

SELECT b.project_id, b.table_name, b.row_no, b.key, q.code, q.action, {message_da}, {message_en}
FROM broken AS b
JOIN run.quarantine AS q USING (table_name, delivery_no, row_no)
SEMI JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
