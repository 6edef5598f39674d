-- Grain: programme year to the settled one. Key: year. Amounts in DKK, over all projects of the
-- register: what others have posted stands apart (draft/unregistered.sql).
WITH posted AS (
    SELECT year, sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM run.posted
    SEMI JOIN run.projects USING (project_id)
    GROUP BY year
),

settled AS (
    SELECT
        year,
        sum(starts)::INTEGER AS starts,
        sum(completions)::INTEGER AS completions,
        sum(activity_dkk)::DECIMAL(18, 2) AS activity_dkk,
        sum(fixed_dkk)::DECIMAL(18, 2) AS fixed_dkk,
        sum(entitlement_dkk)::DECIMAL(18, 2) AS entitlement_dkk
    FROM run.settlement
    GROUP BY year
)

SELECT
    s.*,
    coalesce(p.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk,
    (s.entitlement_dkk - coalesce(p.posted_dkk, 0))::DECIMAL(18, 2) AS payable_dkk
FROM settled AS s
LEFT JOIN posted AS p USING (year)
ORDER BY s.year
