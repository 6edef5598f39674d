-- Grain: project, rule that it breaks in some row or as a whole. Key: both.
SELECT project_id, code, count(*) AS violations
FROM run.violations
GROUP BY project_id, code
