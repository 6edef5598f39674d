SELECT
    project_id,
    borger_id AS citizen_id,
    CASE WHEN is_participant THEN 'participant' ELSE 'control' END AS arm,
    target_group,
    start_date,
    completion_date
FROM {{ ref('events') }}
ORDER BY project_id, borger_id
