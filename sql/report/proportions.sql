-- Grain: project, arm with an accepted citizen, target group. Key: all three. deviation and
-- standard_error: share of the arm's citizens. tolerance_share: the largest deviation that is no
-- hold.
SELECT
    r.project_id,
    r.arm,
    r.maalgruppe,
    r.citizens,
    r.arm_citizens,
    r.share,
    r.population_share,
    r.deviation,
    r.standard_error,
    r.is_beyond_tolerance,
    p.proportion_tolerance_share AS tolerance_share
FROM run.proportions AS r
JOIN run.projects AS p USING (project_id)
ORDER BY r.project_id, r.arm DESC, r.maalgruppe
