-- Grain: month of the hours file of a citizen of the trial, as far as it lies within the
-- follow-up. Key: citizen_no, first_at. Columns as in registered_pieces. A month's hours are
-- spread evenly over its days: x 7 / its days, a week.
CREATE OR REPLACE TABLE run.trial_pieces AS
SELECT
    t.citizen_no,
    greatest(h.month_first - t.day, 0) AS first_at,
    least(last_day(h.month_first) - t.day + 1, t.days) AS end_at,
    h.hours::DOUBLE * 7 / day(last_day(h.month_first)) AS weekly_hours
FROM worked_hours AS h
JOIN run.trial AS t USING (person)
WHERE h.hours > 0 AND last_day(h.month_first) >= t.day AND h.month_first - t.day < t.days
