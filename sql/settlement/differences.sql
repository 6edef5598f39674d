-- Grain: project and year of run.settlement with a component that differs from the ledger
-- (run.posted). Key: both. Amounts in DKK. difference_dkk: of the components together; 0 where one
-- gives what the other takes.
CREATE OR REPLACE VIEW run.differences AS
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
    (s.entitlement_dkk - coalesce(l.posted_dkk, 0))::DECIMAL(18, 2) AS difference_dkk,
    l.project_id IS NOT NULL AS is_posted_before
FROM run.settlement AS s
LEFT JOIN posted AS l ON l.project_id = s.project_id AND l.year = s.year
WHERE (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (
    coalesce(l.posted_dkk, 0), coalesce(l.activity_dkk, 0)
)
