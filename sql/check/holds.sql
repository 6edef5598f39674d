-- Grain: project rule that is broken.
SELECT code, message_da, message_en
FROM run.violations
WHERE table_name = 'project'
ORDER BY code
