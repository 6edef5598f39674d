-- Adds the money of the run's tables as $stage.
INSERT INTO run.stage_settlement BY NAME
SELECT
    $stage::VARCHAR AS stage,
    project_id,
    year,
    gross_activity_dkk,
    gross_cumulative_dkk,
    cap_dkk,
    activity_dkk,
    wages_dkk,
    wages_cumulative_dkk,
    fixed_max_dkk,
    fixed_dkk
FROM run.settlement
SEMI JOIN run.explained USING (project_id)
