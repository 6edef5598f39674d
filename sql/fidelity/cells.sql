-- Grain: project with a delivery in force, element, as the grid shows them. Key: project_id,
-- number.
SELECT
    project_id,
    element,
    number,
    due,
    due_yes,
    unknown,
    grade,
    control_due,
    control_due_yes,
    contaminated
FROM run.element_counts
ORDER BY project_id, number
