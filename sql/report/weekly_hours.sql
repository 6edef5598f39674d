-- Grain: arm, spell type that it has accepted spells with ordinary hours of. Key: both.
-- median_weekly_hours: hours a week of these spells.
SELECT c.arm, s.type, median(s.ordinaere_timer_pr_uge) AS median_weekly_hours
FROM run.accepted_spells AS s
JOIN run.accepted_citizens AS c USING (delivery_no, borger_id)
WHERE s.ordinaere_timer_pr_uge > 0
GROUP BY c.arm, s.type
ORDER BY c.arm DESC, s.type
