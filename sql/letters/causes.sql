-- Grain: project, cause of the difference to what was decided before for the year. Key: project_id,
-- position.
SELECT project_id, text_da, amount_dkk
FROM run.causes
WHERE year = $year
ORDER BY project_id, position
