-- Adds the projects that a row holds: where a rule of a table's rows has the action 'hold', the row
-- counts, and its project waits.
INSERT INTO run.project_holds (project_id, code, action)
SELECT DISTINCT p.project_id, q.code, 'hold'
FROM run.quarantine AS q
JOIN run.projects AS p USING (delivery_no)
WHERE q.action = 'hold'
