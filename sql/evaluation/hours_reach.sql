-- Grain: the hours file. last_day: of its last month; null where it has no row. strangers: persons
-- who are in no trial.
SELECT
    min(h.month_first) AS first_day,
    last_day(max(h.month_first)) AS last_day,
    count(DISTINCT h.person) FILTER (WHERE t.person IS NULL) AS strangers
FROM worked_hours AS h
LEFT JOIN run.trial AS t USING (person)
