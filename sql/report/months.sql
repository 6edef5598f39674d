-- Grain: month from the programme's first to the settled year's last. Key: month (its first day).
-- Citizens who started and who completed in the month; *_cumulative: since the programme began.
WITH months AS (
    SELECT unnest(generate_series(
        date_trunc('month', programme_first_day),
        make_date(settled_year, 12, 1),
        INTERVAL 1 MONTH
    ))::DATE AS month
    FROM run.programme
),

starts AS (
    SELECT date_trunc('month', start_date)::DATE AS month, count(*) AS starts
    FROM run.citizen_events
    WHERE start_date IS NOT NULL
    GROUP BY ALL
),

completions AS (
    SELECT date_trunc('month', completion_date)::DATE AS month, count(*) AS completions
    FROM run.citizen_events
    WHERE completion_date IS NOT NULL
    GROUP BY ALL
)

SELECT
    m.month,
    coalesce(s.starts, 0) AS starts,
    coalesce(c.completions, 0) AS completions,
    (sum(coalesce(s.starts, 0)) OVER so_far)::BIGINT AS starts_cumulative,
    (sum(coalesce(c.completions, 0)) OVER so_far)::BIGINT AS completions_cumulative
FROM months AS m
LEFT JOIN starts AS s USING (month)
LEFT JOIN completions AS c USING (month)
WINDOW so_far AS (ORDER BY m.month)
ORDER BY m.month
