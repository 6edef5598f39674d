-- Grain: year before the settled one that differs from the ledger for some project. Key: year. As in
-- report/earlier_differences, summed. Amounts in DKK.
WITH posted AS (
    SELECT
        project_id,
        year,
        sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk,
        coalesce(sum(posted_dkk) FILTER (WHERE component = 'activity'), 0) AS activity_dkk
    FROM run.posted
    GROUP BY project_id, year
),

differences AS (
    SELECT s.year, s.entitlement_dkk - coalesce(l.posted_dkk, 0) AS difference_dkk
    FROM run.settlement AS s
    JOIN run.programme AS y ON s.year < y.settled_year
    LEFT JOIN posted AS l ON l.project_id = s.project_id AND l.year = s.year
    WHERE (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (coalesce(l.posted_dkk, 0), coalesce(l.activity_dkk, 0))
)

SELECT
    year,
    count(*)::INTEGER AS projects,
    coalesce(sum(difference_dkk) FILTER (WHERE difference_dkk > 0), 0)::DECIMAL(18, 2) AS up_dkk,
    coalesce(sum(difference_dkk) FILTER (WHERE difference_dkk < 0), 0)::DECIMAL(18, 2) AS down_dkk
FROM differences
GROUP BY year
ORDER BY year
