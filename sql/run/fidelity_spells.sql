-- Grain: accepted spell of an accepted citizen, of either arm. Key: delivery_no, spell_row_no.
-- end_day: its counted_end. hours: ordinary hours a week, null where none is registered. Empty
-- unless $are_needed.
CREATE OR REPLACE TABLE run.fidelity_spells AS
SELECT
    c.delivery_no,
    c.row_no AS citizen_row_no,
    s.row_no AS spell_row_no,
    c.visitationsdato,
    s.type,
    t.is_qualifying,
    s.ordinaere_timer_pr_uge AS hours,
    s.startdato AS start_day,
    counted_end(s.slutdato, p.as_of_date, p.programme_last_day) AS end_day
FROM core_spells AS s
JOIN run.projects AS p USING (delivery_no)
JOIN run.spell_types AS t USING (type)
JOIN run.accepted_citizens AS c ON c.delivery_no = s.delivery_no AND c.borger_id = s.borger_id
ANTI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'forloeb' AND action = 'reject') AS q
    ON q.delivery_no = s.delivery_no AND q.row_no = s.row_no
WHERE $are_needed
