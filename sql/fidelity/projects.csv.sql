-- Grain: project of the register. projects.csv of $project, or of all where it is null. $bands and
-- $least: the bands, the best first, and the least sum of each.
SELECT
    plain_cell(project_id) AS project_id,
    courses_due,
    rounded_share(jobfirst, courses_due) AS jobfirst_lowest,
    rounded_share(maybe, courses_due) AS jobfirst_highest,
    grade_sum AS "sum",
    list_extract(
        $bands::VARCHAR[],
        list_position(list_transform($least::INTEGER[], lambda least: grade_sum >= least), true)
    ) AS band,
    rounded_share(agreeing, pairs) AS agreement,
    rounded_share(kappa_n, kappa_d) AS kappa,
    pairs
FROM run.fidelity_projects
WHERE $project::VARCHAR IS NULL OR project_id = $project::VARCHAR
ORDER BY plain_cell(run.fidelity_projects.project_id)
