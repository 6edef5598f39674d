-- Grain: arm, spell type that it has accepted spells with ordinary hours of. Key: both.
-- median_weekly_hours: hours a week of these spells.
-- Not by median(): DuckDB would collect it by citizen first, at half as much again.
SELECT c.arm, s.type, quantile_cont(s.ordinaere_timer_pr_uge, 0.5) AS median_weekly_hours
FROM run.accepted_spells AS s
JOIN run.accepted_citizens AS c USING (delivery_no, borger_id)
WHERE s.ordinaere_timer_pr_uge > 0
GROUP BY c.arm, s.type
ORDER BY c.arm DESC, s.type
