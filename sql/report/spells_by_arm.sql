-- Grain: arm, spell type that it has accepted spells of. Key: both. citizens: accepted citizens with such a spell.
-- with_hours_count: spells with ordinary hours; median_weekly_hours: over these, hours a week (null where there is none).
SELECT
    c.arm,
    s.type,
    count(*) AS spells,
    count(DISTINCT (c.delivery_no, c.row_no)) AS citizens,
    count(*) FILTER (WHERE s.ordinaere_timer_pr_uge > 0) AS with_hours_count,
    median(s.ordinaere_timer_pr_uge) FILTER (WHERE s.ordinaere_timer_pr_uge > 0) AS median_weekly_hours
FROM core_spells AS s
JOIN run.accepted_citizens AS c USING (delivery_no, borger_id)
ANTI JOIN (
    SELECT delivery_no, row_no FROM run.quarantine WHERE table_name = 'forloeb' AND action = 'reject'
) AS q ON q.delivery_no = s.delivery_no AND q.row_no = s.row_no
GROUP BY c.arm, s.type
ORDER BY c.arm DESC, s.type
