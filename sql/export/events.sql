-- Grain: start or completion of a draft. Key: draft_no, project_id, citizen, event. citizen: a
-- pseudonym under the key $inner_block, $outer_block, the same in every export of a home and in
-- no other place.
WITH events AS (
    SELECT
        draft_no,
        project_id,
        citizen_id,
        arm,
        'start' AS event,
        start_date AS day,
        start_dkk AS amount_dkk
    FROM draft_citizen_events
    WHERE start_date IS NOT NULL
    UNION ALL
    SELECT
        draft_no,
        project_id,
        citizen_id,
        arm,
        'completion' AS event,
        completion_date AS day,
        completion_dkk AS amount_dkk
    FROM draft_citizen_events
    WHERE completion_date IS NOT NULL
)

SELECT
    draft_no,
    project_id,
    pseudonym(project_id || chr(31) || citizen_id, $inner_block, $outer_block) AS citizen,
    arm,
    event,
    day,
    amount_dkk
FROM events
ORDER BY draft_no, project_id, citizen, event
