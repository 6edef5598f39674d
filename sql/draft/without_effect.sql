-- Grain: delivery that came and has no effect. Key: project_id, delivery; the edited and the late
-- first.
SELECT
    project_id,
    as_of_folder AS delivery,
    received_at,
    NOT is_accepted AS is_refused,
    in_force_as_of,
    is_later
FROM run.without_effect
ORDER BY NOT is_later, project_id, as_of_folder
