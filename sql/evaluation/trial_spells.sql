-- Grain: accepted spell of a citizen of the trial. Key: citizen_no, row_no. first_at, end_at: days
-- after the day drawn, the second one exclusive, not clipped; the end is its counted_end. hours: a
-- week's; null where blank.
CREATE OR REPLACE TABLE run.trial_spells AS
SELECT
    t.citizen_no,
    s.row_no,
    s.type,
    s.startdato - t.day AS first_at,
    counted_end(s.slutdato, p.as_of_date, p.programme_last_day) - t.day + 1 AS end_at,
    s.ordinaere_timer_pr_uge AS hours
FROM run.trial AS t
JOIN core_spells AS s ON t.delivery_no = s.delivery_no AND t.borger_id = s.borger_id
JOIN run.projects AS p ON t.project_id = p.project_id
ANTI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'forloeb' AND action = 'reject') AS q
    ON q.delivery_no = s.delivery_no AND q.row_no = s.row_no
