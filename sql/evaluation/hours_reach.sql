-- Grain: the hours file. first_day: of its first month; null where it has no row. strangers:
-- persons who are in no trial.
SELECT
    min(h.month_first) AS first_day,
    count(DISTINCT h.person) FILTER (WHERE t.person IS NULL) AS strangers
FROM worked_hours AS h
LEFT JOIN run.trial AS t USING (person)
