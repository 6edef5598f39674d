-- Grain: project of the register, or folder that is no project but is reported. Key: project_id.
SELECT project_id, project_name FROM run.projects
UNION ALL
SELECT DISTINCT t.project_id, ''
FROM run.reported_receipts AS t
ANTI JOIN run.projects AS p USING (project_id)
ORDER BY project_id
