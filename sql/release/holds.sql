-- Grain: project of the register, code that holds it. Key: both. holder: the project, or '' for the
-- portfolio.
SELECT project_id, code, holder
FROM run.holds
ORDER BY project_id, holder = '', code
