-- Grain: arm, spell type that it has accepted spells of. Key: both. citizens: accepted citizens
-- with such a spell. with_hours_count: spells with ordinary hours.
-- Counted by citizen before the citizens are looked up: else DuckDB holds all spells.
WITH of_citizen AS (
    SELECT
        delivery_no,
        borger_id,
        type,
        count(*) AS spells,
        count(*) FILTER (WHERE ordinaere_timer_pr_uge > 0) AS with_hours_count
    FROM run.accepted_spells
    GROUP BY delivery_no, borger_id, type
)

SELECT
    c.arm,
    s.type,
    sum(s.spells)::BIGINT AS spells,
    count(*) AS citizens,
    sum(s.with_hours_count)::BIGINT AS with_hours_count
FROM of_citizen AS s
JOIN run.accepted_citizens AS c USING (delivery_no, borger_id)
GROUP BY c.arm, s.type
ORDER BY c.arm DESC, s.type
