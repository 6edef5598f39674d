-- Adds to run.violations the deliveries that fail the rules of a suite ($rules). The places in
-- braces take its batch, the key and the values shown, and the messages of b.code.
INSERT INTO run.violations
WITH broken AS (
    SELECT b.project_id, b.code, {shown}
    FROM run.faults AS b
    SEMI JOIN {batch} AS d USING (receipt_no)
)

SELECT b.project_id, $table_name, NULL, b.key, b.code, r.action, {message_da}, {message_en}
FROM broken AS b
JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
