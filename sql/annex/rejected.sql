-- Grain: rejected registration of $projects, rule that it breaks. Key: project_id, table_name,
-- row_no, code. lost_dkk: what the registration would have triggered, in floating point, as a
-- workbook holds it. It stands on the first rule alone, so that the column adds up; it is null
-- elsewhere, and where it can't be computed (is_unreckoned).
SELECT
    v.project_id,
    v.code,
    v.table_name,
    v.row_no,
    v.key,
    v.message_da,
    CASE
        WHEN row_number() OVER (PARTITION BY v.project_id, v.table_name, v.row_no ORDER BY v.code)
            = 1
            THEN r.lost_dkk
    END::DOUBLE AS lost_dkk,
    r.lost_dkk IS NULL AS is_unreckoned
FROM run.violations AS v
JOIN run.projects AS p USING (project_id)
JOIN run.rejected_value AS r
    ON r.table_name = v.table_name AND r.delivery_no = p.delivery_no AND r.row_no = v.row_no
WHERE v.severity = 'reject'
  AND v.table_name <> 'grundelementer'
  AND list_contains($projects::VARCHAR[], v.project_id)
ORDER BY v.project_id, v.table_name, v.row_no, v.code
