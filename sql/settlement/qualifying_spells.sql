-- Grain: accepted spell of a type that counts, of an accepted participant. Key: delivery_no,
-- spell_row_no. end_day: its counted_end. citizen_row_no, spell_row_no: the rows in borgere and
-- forloeb.
CREATE OR REPLACE TABLE run.qualifying_spells AS
SELECT
    c.delivery_no,
    c.row_no AS citizen_row_no,
    s.row_no AS spell_row_no,
    s.virksomhed_cvr,
    s.startdato AS start_day,
    counted_end(s.slutdato, p.as_of_date, p.programme_last_day) AS end_day
FROM core_spells AS s
JOIN run.projects AS p USING (delivery_no)
JOIN run.spell_types AS t ON t.type = s.type AND t.is_qualifying
JOIN run.accepted_citizens AS c
    ON c.delivery_no = s.delivery_no AND c.borger_id = s.borger_id AND c.arm = 'participant'
ANTI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'forloeb' AND action = 'reject') AS q
    ON q.delivery_no = s.delivery_no AND q.row_no = s.row_no
