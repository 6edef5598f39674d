WITH broken AS (
    SELECT project_id, 'borgere' AS table_name, row_no, borger_id AS key, unnest(string_split(codes, ' ')) AS code
    FROM {{ ref('citizen_rows') }}
    WHERE codes <> ''
    UNION ALL
    SELECT project_id, 'borgere', row_no, borger_id, 'C13' FROM {{ ref('repeated_persons') }}
    UNION ALL
    SELECT project_id, 'forloeb', row_no, forloeb_id, unnest(string_split(codes, ' '))
    FROM {{ ref('spell_rows') }}
    WHERE codes <> ''
    UNION ALL
    SELECT project_id, 'udgifter', row_no, bilagsnr, unnest(string_split(codes, ' '))
    FROM {{ ref('expense_rows') }}
    WHERE codes <> ''
)

SELECT
    project_id,
    table_name AS "table",
    row_no AS row,
    CASE WHEN code = 'R01' THEN '' ELSE regexp_replace(key, '^[0-9]{6}-?[0-9]{4}$', '******-****') END AS key,
    code,
    CASE WHEN code IN ('C14', 'S11', 'S13') THEN 'remark' ELSE 'reject' END AS severity
FROM broken
ORDER BY project_id, table_name, row_no, code
