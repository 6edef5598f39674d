-- Grain: violation. violations.csv, its columns and order as the interface gives them; a blank is
-- first.
SELECT
    nullif(plain_cell(project_id), '') AS project_id,
    table_name AS "table",
    row_no AS row,
    nullif(plain_cell(key), '') AS key,
    code,
    severity,
    plain_cell(message_da) AS message_da,
    plain_cell(message_en) AS message_en
FROM run.violations
ORDER BY
    plain_cell(run.violations.project_id),
    table_name,
    row_no NULLS FIRST,
    plain_cell(run.violations.key),
    code
