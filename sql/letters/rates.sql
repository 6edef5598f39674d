-- Grain: project, kind of event (start, completion), rate paid in the year. Key: project_id, event,
-- rate_dkk. The rates come in the order in which they held.
WITH events AS (
    SELECT project_id, 'start' AS event, start_date AS day, start_dkk AS rate_dkk
    FROM run.citizen_events
    WHERE year(start_date) = $year
    UNION ALL
    SELECT project_id, 'completion' AS event, completion_date, completion_dkk
    FROM run.citizen_events
    WHERE year(completion_date) = $year
)

SELECT project_id, event, rate_dkk, count(*) AS event_count
FROM events
GROUP BY project_id, event, rate_dkk
ORDER BY project_id, event, min(day)
