-- Grain: project for which the settled year is decided: what the run's tables intend, and the lead
-- municipality that is heard about it. Key: project_id.
SELECT i.project_id, p.lead_municipality, i.burdens, i.gives_sha256
FROM run.intended AS i
JOIN run.projects AS p USING (project_id)
ORDER BY i.project_id
