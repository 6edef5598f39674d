-- Adds how many rows and projects of the run's tables break each rule, as $stage.
INSERT INTO run.stage_rules
SELECT $stage::VARCHAR, code, action, count(*) FROM run.quarantine GROUP BY code, action
UNION ALL
SELECT $stage::VARCHAR, h.code, h.action, count(*)
FROM run.project_holds AS h
WHERE h.code NOT IN (SELECT q.code FROM run.quarantine AS q)
GROUP BY h.code, h.action
