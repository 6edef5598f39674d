-- Grain: accepted citizen. citizens.csv, its columns and order as the interface gives them.
SELECT
    project_id,
    plain_cell(visible_id(citizen_id)) AS citizen_id,
    arm,
    maalgruppe AS target_group,
    start_date,
    completion_date
FROM run.citizen_events
ORDER BY project_id, plain_cell(visible_id(run.citizen_events.citizen_id)), row_no
