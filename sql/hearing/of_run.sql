-- Grain: project that has started: what the run's tables intend to decide for the settled year.
-- Key: project_id.
SELECT project_id, burdens, gives_sha256
FROM run.intended
ORDER BY project_id
