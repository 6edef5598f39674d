-- Grain: accepted participant of $project. as_of_date: of the delivery. shown: the id as it may be
-- shown.
SELECT a.borger_id, visible_id(a.borger_id) AS shown, p.as_of_date
FROM run.accepted_citizens AS a
JOIN run.projects AS p USING (project_id)
WHERE a.project_id = $project::VARCHAR AND a.arm = 'participant'
ORDER BY a.borger_id
