-- Grain: entry of the record of project $project_id, as the line of its file without the line feed,
-- in order.
SELECT line
FROM core_draw
WHERE project_id = $project_id
ORDER BY number
