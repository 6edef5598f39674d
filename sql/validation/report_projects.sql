-- Adds to run.violations the projects, or the portfolio, that fail the rules of a suite ($rules).
-- The places in braces take its batch, the values shown, and the messages of q.code.
INSERT INTO run.violations
WITH broken AS (
    SELECT b.project_id, {shown}
    FROM {batch} AS b
)

SELECT b.project_id, $table_name, NULL, b.key, q.code, q.action, {message_da}, {message_en}
FROM broken AS b
JOIN run.project_holds AS q USING (project_id)
SEMI JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
