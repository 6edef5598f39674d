-- Grain: project, other year than the settled one for which the ledger holds another amount than
-- the same state gives, in one component or both. Key: project_id, year.
CREATE OR REPLACE VIEW run.other_years_differing AS
WITH posted AS (
    SELECT
        project_id,
        year,
        coalesce(sum(posted_dkk) FILTER (WHERE component = 'activity'), 0) AS activity_dkk,
        coalesce(sum(posted_dkk) FILTER (WHERE component = 'fixed'), 0) AS fixed_dkk
    FROM run.other_years_posted
    GROUP BY project_id, year
)

SELECT p.project_id, p.year
FROM posted AS p
JOIN run.every_year AS e USING (project_id, year)
WHERE (e.activity_dkk, e.fixed_dkk) IS DISTINCT FROM (p.activity_dkk, p.fixed_dkk)
