-- Lets the project rules judge the year that the delivery is due for, though the money goes on
-- beyond it.
UPDATE run.projects
SET settled_year = $due_year::INTEGER, year_last_day = make_date($due_year::INTEGER, 12, 31)
