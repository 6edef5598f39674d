-- Grain: delivery of a project of the register that has no effect, though it came: older than the
-- one in force. Key: project_id, as_of_folder. is_later: received after the one in force; otherwise
-- it came when a newer one was there already, or with it. Reads register_projects (frame).
CREATE OR REPLACE TABLE run.without_effect AS
SELECT
    p.project_id,
    w.as_of_folder,
    w.received_at,
    w.is_accepted,
    w.in_force_as_of,
    w.is_later
FROM register_projects AS p
JOIN without_effect($known_at::TIMESTAMP) AS w ON w.project_folder = p.project_id
