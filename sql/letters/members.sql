-- Grain: municipality of a joint project. Key: project_id, kommunekode.
SELECT project_id, kommunekode
FROM run.project_municipalities
QUALIFY count(*) OVER (PARTITION BY project_id) > 1
ORDER BY project_id, kommunekode
