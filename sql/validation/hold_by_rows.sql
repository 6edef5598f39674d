-- Adds the projects that a row holds: where a rule of a table's rows has the action 'hold', the row
-- counts, and its project waits.
INSERT INTO run.project_holds (project_id, code, action)
SELECT DISTINCT project_id, code, 'hold'
FROM run.row_holds
