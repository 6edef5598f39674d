-- Grain: project of the register that gets a hearing letter. Key: project_id.
SELECT project_id
FROM run.project_facts
WHERE is_decision
ORDER BY project_id
