-- Grain: hold of a project, or of the portfolio ('' as project_id). Key: project_id, code.
-- payable_dkk: what waits for it, in DKK; null for the portfolio, and where it is not known
-- (is_missing: no accepted delivery).
WITH posted AS (
    SELECT project_id, sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM run.posted
    WHERE year = $year
    GROUP BY project_id
)

SELECT
    v.project_id,
    v.code,
    v.message_en,
    r.project_id IS NOT NULL AND r.delivery_no IS NULL AS is_missing,
    CASE
        WHEN r.delivery_no IS NOT NULL
            THEN (s.entitlement_dkk - coalesce(p.posted_dkk, 0))::DECIMAL(18, 2)
    END AS payable_dkk
FROM run.violations AS v
LEFT JOIN run.projects AS r ON r.project_id = v.project_id
LEFT JOIN run.settlement AS s ON s.project_id = v.project_id AND s.year = $year
LEFT JOIN posted AS p ON p.project_id = v.project_id
WHERE v.severity = 'hold' AND v.row_no IS NULL
ORDER BY v.project_id, v.code
