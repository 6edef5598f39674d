-- Grain: project with a delivery in force, element. elements.csv of $project, or of all where it is
-- null.
SELECT
    plain_cell(project_id) AS project_id,
    element,
    yes,
    no,
    unknown,
    not_yet,
    rounded_share(due_yes, due) AS share,
    grade,
    rounded_share(control_due_yes, control_due) AS control_share,
    rounded_share(due_yes * control_due - control_due_yes * due, due * control_due) AS contrast
FROM run.element_counts
WHERE $project::VARCHAR IS NULL OR project_id = $project::VARCHAR
ORDER BY plain_cell(run.element_counts.project_id), element
