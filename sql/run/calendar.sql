-- Grain: day of the programme. Key: day. reach_day: the last start day that still belongs to a
-- chain whose end so far is `day`: the $break_working_days-th Danish working day after it; the last
-- of all days where the programme has ended before. working_days: those of the programme.
CREATE OR REPLACE TABLE run.calendar AS
WITH working_days AS (
    SELECT day, row_number() OVER (ORDER BY day) AS working_day_no
    FROM (SELECT unnest($working_days::DATE[]) AS day)
),

days AS (
    SELECT unnest(generate_series($first_day::DATE, $last_day::DATE, INTERVAL 1 DAY))::DATE AS day
),

counted AS (
    SELECT d.day, count(w.day) AS working_days_to_day
    FROM days AS d
    LEFT JOIN working_days AS w ON w.day <= d.day
    GROUP BY d.day
)

SELECT c.day, coalesce(w.day, DATE '9999-12-31') AS reach_day
FROM counted AS c
LEFT JOIN working_days AS w
    ON w.working_day_no = c.working_days_to_day + $break_working_days::BIGINT
WHERE c.working_days_to_day + $break_working_days::BIGINT > 0
