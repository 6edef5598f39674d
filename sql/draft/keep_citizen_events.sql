-- Adds the accepted citizens of the draft $draft_no.
INSERT INTO draft_citizen_events BY NAME
SELECT
    $draft_no::INTEGER AS draft_no,
    project_id,
    citizen_id,
    row_no,
    arm,
    start_date,
    start_dkk,
    completion_date,
    completion_dkk
FROM run.citizen_events
