-- Adds to run.violations the rows of grundelementer that fail the rules of a suite ($rules). The
-- places in braces take the batch, the key and the values shown, and the messages of q.code.
INSERT INTO run.violations
WITH broken AS (
    SELECT b.project_id, b.delivery_no, b.row_no, {shown}
    FROM {batch} AS b
)

SELECT
    b.project_id,
    'grundelementer',
    b.row_no,
    visible_id(b.key),
    q.code,
    q.action,
    {message_da},
    {message_en}
FROM broken AS b
JOIN run.element_quarantine AS q USING (delivery_no, row_no)
SEMI JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
