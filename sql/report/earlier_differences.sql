-- Grain: project, year before the settled one with a component that differs from the ledger. Key: both. Amounts in DKK.
-- difference_dkk: what a backfill would post.
WITH posted AS (
    SELECT
        project_id,
        year,
        sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk,
        coalesce(sum(posted_dkk) FILTER (WHERE component = 'activity'), 0) AS activity_dkk
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
WHERE (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (coalesce(l.posted_dkk, 0), coalesce(l.activity_dkk, 0))
ORDER BY s.project_id, s.year
