-- Grain: project of the register. What it is entitled to for $year, what was posted before the
-- draft, and what the whole ledger holds before the entry $first_number, in DKK.
WITH posted AS (
    SELECT project_id, sum(posted_dkk) AS posted_dkk
    FROM run.posted
    WHERE year = $year
    GROUP BY project_id
),

ledger AS (
    SELECT project_id, sum(amount_dkk) AS ledger_dkk
    FROM core_ledger
    WHERE year = $year AND number < $first_number
    GROUP BY project_id
)

SELECT
    s.project_id,
    s.entitlement_dkk,
    coalesce(p.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk,
    coalesce(l.ledger_dkk, 0)::DECIMAL(18, 2) AS ledger_dkk
FROM run.settlement AS s
LEFT JOIN posted AS p USING (project_id)
LEFT JOIN ledger AS l USING (project_id)
WHERE s.year = $year
ORDER BY s.project_id
