-- Grain: project, rule that something of it breaks. Key: both.
SELECT project_id, code, count(*) AS violations
FROM run.violations
GROUP BY project_id, code
