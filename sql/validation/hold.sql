-- Adds the projects that fail the project rules, or the portfolio (''). $actions: as in quarantine.
INSERT INTO run.project_holds (project_id, code, action)
SELECT f.project_id, f.rule, a.action
FROM run.failing AS f
LEFT JOIN (SELECT unnest($actions, recursive := true)) AS a ON f.rule = a.code
