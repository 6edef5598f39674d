-- Grain: arm, spell type that it has accepted spells of. Key: both. citizens: accepted citizens
-- with such a spell. with_hours_count: spells with ordinary hours.
-- Counted by citizen before the citizens are looked up: otherwise DuckDB holds all spells.
WITH of_citizen AS (
    SELECT
        delivery_no,
        borger_id,
        type,
        count(*) AS spells,
        count(*) FILTER (WHERE ordinaere_timer_pr_uge > 0) AS with_hours_count
    FROM run.accepted_spells
    GROUP BY delivery_no, borger_id, type
),

-- Apart, since DuckDB would group both sides of the join once more before it joins them.
of_arm AS MATERIALIZED (
    SELECT c.arm, s.type, s.spells, s.with_hours_count
    FROM of_citizen AS s
    JOIN run.accepted_citizens AS c USING (delivery_no, borger_id)
)

SELECT
    arm,
    type,
    sum(spells)::BIGINT AS spells,
    count(*) AS citizens,
    sum(with_hours_count)::BIGINT AS with_hours_count
FROM of_arm
GROUP BY arm, type
ORDER BY arm DESC, type
