-- Grain: arm, spell type that it has accepted spells of. Key: both. citizens: accepted citizens
-- with such a spell. with_hours_count: spells with ordinary hours; median_weekly_hours: over these,
-- hours a week (null where there is none).
SELECT
    c.arm,
    s.type,
    count(*) AS spells,
    count(DISTINCT row(c.delivery_no, c.row_no)) AS citizens,
    count(*) FILTER (WHERE s.ordinaere_timer_pr_uge > 0) AS with_hours_count,
    median(s.ordinaere_timer_pr_uge) FILTER (WHERE s.ordinaere_timer_pr_uge > 0)
        AS median_weekly_hours
FROM run.accepted_spells AS s
JOIN run.accepted_citizens AS c USING (delivery_no, borger_id)
GROUP BY c.arm, s.type
ORDER BY c.arm DESC, s.type
