-- Grain: project of the register. Key: project_id.
SELECT project_id FROM run.projects ORDER BY project_id
