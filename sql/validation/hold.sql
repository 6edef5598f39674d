-- Adds the projects that fail a project rule, or the portfolio (''). The place in braces takes the
-- rule's own query.
INSERT INTO run.project_holds (project_id, code, action)
SELECT project_id, $code, $action
FROM ({failing})
