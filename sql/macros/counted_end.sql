-- The last day of a spell that counts: the registered end; where that is blank or later, the as-of
-- date; never after the programme's last day.
CREATE OR REPLACE MACRO counted_end(slutdato, as_of_date, programme_last_day) AS
    least(coalesce(slutdato, as_of_date), as_of_date, programme_last_day)
