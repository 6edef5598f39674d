-- Grain: broken rule: of a row that a draft rejects, of a project that a draft holds back, or of a
-- delivery that was refused. Key: all columns. draft_no: null for a refused delivery; table_name,
-- row_no: of a row alone. The messages, which may quote what was delivered, are left out.
WITH rejected AS (
    SELECT
        r.draft_no,
        d.project_folder AS project_id,
        r.delivery_no,
        r.table_name,
        r.row_no,
        r.code,
        'reject' AS action
    FROM draft_rejected AS r
    JOIN core_deliveries AS d USING (delivery_no)
),

held AS (
    SELECT
        draft_no,
        project_id,
        delivery_no,
        NULL::VARCHAR AS table_name,
        NULL::INTEGER AS row_no,
        unnest(holds) AS code,
        'hold' AS action
    FROM draft_projects
),

refused AS (
    SELECT DISTINCT
        NULL::INTEGER AS draft_no,
        d.project_folder AS project_id,
        d.delivery_no,
        NULL::VARCHAR AS table_name,
        NULL::INTEGER AS row_no,
        f.code,
        'refuse' AS action
    FROM core_faults AS f
    JOIN core_receipts AS r USING (receipt_no)
    JOIN core_deliveries AS d USING (delivery_no)
    WHERE NOT r.is_accepted AND NOT list_contains($remarks::VARCHAR[], f.code)
)

FROM rejected
UNION ALL
FROM held
UNION ALL
FROM refused
ORDER BY draft_no, project_id, delivery_no, table_name, row_no, code
