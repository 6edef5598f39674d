-- Grain: line of changes. Key: project_id, year, position. before_stage: where the rules made it,
-- their earlier version.
SELECT
    g.project_id,
    g.year,
    g.position,
    g.transition,
    t.before_stage,
    g.subject,
    g.change,
    g.why,
    g.other_year,
    g.earlier_rate_dkk,
    g.rate_dkk,
    g.changes,
    g.amount_dkk
FROM run.cause_groups AS g
JOIN run.transitions AS t USING (project_id, year, transition)
ORDER BY g.project_id, g.year, g.position
