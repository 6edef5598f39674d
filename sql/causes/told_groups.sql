-- Grain: line of changes. Key: project_id, year, position.
SELECT
    project_id,
    year,
    position,
    transition,
    subject,
    change,
    why,
    other_year,
    earlier_rate_dkk,
    rate_dkk,
    changes,
    amount_dkk
FROM run.cause_groups
ORDER BY project_id, year, position
