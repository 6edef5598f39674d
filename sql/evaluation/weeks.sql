-- Grain: citizen and week of the follow-up in which there was ordinary work. Key: citizen_no, week
-- (from 0 on). hour_days: the days' weekly hours, summed; a seventh of it is the week's hours.
SELECT
    citizen_no,
    week,
    sum(
        weekly_hours * (least(end_at, 7 * (week + 1)) - greatest(first_at, 7 * week))
    ) AS hour_days
FROM (
    SELECT
        citizen_no,
        first_at,
        end_at,
        weekly_hours,
        unnest(range(first_at // 7, (end_at - 1) // 7 + 1)) AS week
    FROM run.trial_pieces
) AS cut_by_week
GROUP BY citizen_no, week
ORDER BY citizen_no, week
