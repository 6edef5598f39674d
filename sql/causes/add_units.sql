-- Adds what gives money in the run's tables as $stage.
INSERT INTO run.stage_units
WITH events AS (
    SELECT * FROM run.citizen_events SEMI JOIN run.explained USING (project_id)
)

SELECT $stage::VARCHAR, project_id, 'start', citizen_id, row_no, start_date, start_dkk
FROM events
WHERE start_date IS NOT NULL
UNION ALL
SELECT
    $stage::VARCHAR, project_id, 'completion', citizen_id, row_no, completion_date, completion_dkk
FROM events
WHERE completion_date IS NOT NULL
UNION ALL
SELECT $stage::VARCHAR, project_id, 'wages', bilagsnr, row_no, dato, amount_dkk
FROM run.wage_rows
SEMI JOIN run.explained USING (project_id)
