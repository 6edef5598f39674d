-- Grain: hold of a project, or of the portfolio ('' as project_id). Key: project_id, code.
-- payable_dkk: what waits for it, in DKK; null for the portfolio, and where it is not known
-- (is_missing: no accepted delivery).
SELECT
    v.project_id,
    v.code,
    v.message_en,
    r.project_id IS NOT NULL AND r.delivery_no IS NULL AS is_missing,
    CASE WHEN r.delivery_no IS NOT NULL THEN s.payable_dkk END AS payable_dkk
FROM run.violations AS v
LEFT JOIN run.projects AS r ON r.project_id = v.project_id
LEFT JOIN run.payable AS s ON s.project_id = v.project_id AND s.year = $year
WHERE v.severity = 'hold' AND v.row_no IS NULL
ORDER BY v.project_id, v.code
