-- Grain: citizen of $projects who counts by the end of $year. Key: project_id, citizen_id.
SELECT * EXCLUDE (row_no)
FROM run.counted_citizens($year)
WHERE list_contains($projects::VARCHAR[], project_id)
ORDER BY project_id, start_date, citizen_id, row_no
