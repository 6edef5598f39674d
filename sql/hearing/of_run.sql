-- Grain: project that has started: what the run's tables intend to decide for the settled year, and
-- the lead municipality that is heard of it. Key: project_id.
SELECT i.project_id, p.lead_municipality, i.burdens, i.gives_sha256
FROM run.intended AS i
JOIN run.projects AS p USING (project_id)
ORDER BY i.project_id
