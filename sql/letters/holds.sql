-- Grain: project, hold. Key: project_id, code. A hold of the portfolio has project_id ''.
SELECT coalesce(project_id, '') AS project_id, code, message_da
FROM run.violations
WHERE severity = 'hold'
ORDER BY 1, code
