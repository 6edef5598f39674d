-- Grain: violation. What a fingerprint rests on of violations.csv: place, code and severity, no
-- wording.
SELECT
    project_id,
    table_name,
    row_no,
    key,
    code,
    severity
FROM run.violations
ORDER BY project_id, table_name, row_no NULLS FIRST, key, code, severity
