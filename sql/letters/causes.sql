-- Grain: project, cause of the difference to what was decided before for the year. Key: project_id,
-- position. has_rows: whether registrations caused it; a cause such as the cap has none.
SELECT
    c.project_id,
    c.text_da,
    c.amount_dkk,
    EXISTS (
        FROM run.cause_rows AS r
        WHERE (r.project_id, r.year, r.position) = (c.project_id, c.year, c.position)
    ) AS has_rows
FROM run.causes AS c
WHERE c.year = $year
ORDER BY c.project_id, c.position
