-- Grain: project, year before the settled one whose entitlement differs from the ledger. Key: both. Amounts in DKK.
-- difference_dkk: what a backfill would post.
WITH posted AS (
    SELECT project_id, year, sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM run.posted
    GROUP BY project_id, year
)

SELECT
    s.project_id,
    s.year,
    s.entitlement_dkk,
    coalesce(l.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk,
    (s.entitlement_dkk - coalesce(l.posted_dkk, 0))::DECIMAL(18, 2) AS difference_dkk
FROM run.settlement AS s
JOIN run.programme AS y ON s.year < y.settled_year
LEFT JOIN posted AS l ON l.project_id = s.project_id AND l.year = s.year
WHERE s.entitlement_dkk <> coalesce(l.posted_dkk, 0)
ORDER BY s.project_id, s.year
