-- Grain: citizen who counts by the end of $year: an accepted participant with a start. Key: project_id, citizen_id.
-- What happens after the year is left out. Ids that read alike stand as delivered. Amounts in DKK.
SELECT
    project_id,
    told(citizen_id) AS citizen_id,
    start_date,
    start_dkk,
    CASE WHEN year(completion_date) <= $year THEN completion_date END AS completion_date,
    CASE WHEN year(completion_date) <= $year THEN completion_dkk END AS completion_dkk
FROM run.citizen_events
WHERE year(start_date) <= $year
ORDER BY project_id, start_date, citizen_id, row_no
