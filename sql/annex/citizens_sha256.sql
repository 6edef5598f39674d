-- Grain: project with a citizen who counts by the end of $year. Key: project_id. One hash over all of them, with their
-- events.
SELECT
    project_id,
    sha256(
        list(
            (citizen_id, start_date, start_dkk, completion_date, completion_dkk)
            ORDER BY start_date, citizen_id, row_no
        )::VARCHAR
    )
FROM run.counted_citizens($year)
GROUP BY project_id
