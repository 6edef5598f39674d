-- Adds to run.violations the rows of grundelementer that fail a rule. The places in braces take the
-- batch and the values shown.
INSERT INTO run.violations
SELECT
    b.project_id,
    'grundelementer',
    b.row_no,
    visible_id({visible_key}),
    q.code,
    q.action,
    {message_da},
    {message_en}
FROM {batch} AS b
JOIN run.element_quarantine AS q USING (delivery_no, row_no)
WHERE q.code = $code
