-- Grain: row that breaks C13. A person counts once: where enrolled first.
SELECT project_id, row_no, borger_id
FROM {{ ref('citizen_rows') }}
WHERE NOT is_rejected
QUALIFY row_number() OVER (PARTITION BY person ORDER BY enrolled, project_id, borger_id) > 1
