-- Grain: accepted participant, element. courses.csv of $project, or of all where it is null.
SELECT
    plain_cell(project_id) AS project_id,
    plain_cell(visible_id(borger_id)) AS citizen_id,
    element,
    value,
    judged_by,
    due_date,
    fulfilled_date
FROM run.fidelity_values
WHERE arm = 'participant' AND ($project::VARCHAR IS NULL OR project_id = $project::VARCHAR)
ORDER BY plain_cell(run.fidelity_values.project_id), plain_cell(visible_id(borger_id)), element
