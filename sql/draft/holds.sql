-- Grain: project or portfolio ('' as project_id), hold.
SELECT project_id, code
FROM run.project_holds
WHERE action = 'hold'
ORDER BY project_id, code
