-- Grain: project for which the warehouse has a record of a draw. Key: project_id.
SELECT DISTINCT project_id
FROM core_draw
ORDER BY project_id
