-- Grain: the hours file. last_day: of its last month; null where it has no row.
SELECT last_day(max(month_first)) AS last_day FROM worked_hours
