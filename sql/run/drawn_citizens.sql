-- Grain: row of borgere in a delivery in force, of a project that has a draw. Key: delivery_no,
-- row_no. drawn_gruppe, drawn_day, drawn_stratum: what was drawn for the person on or before the
-- delivery's day; null: nothing was.
CREATE OR REPLACE VIEW run.drawn_citizens AS
SELECT c.*, d.gruppe AS drawn_gruppe, d.day AS drawn_day, d.stratum AS drawn_stratum
FROM run.citizens AS c
SEMI JOIN run.draws AS w USING (project_id)
LEFT JOIN run.drawn AS d
    ON c.project_id = d.project_id AND c.person = d.person AND c.as_of_date >= d.day
