-- Grain: stretch of days on which a citizen's registered hours in ordinary work are the same. Key:
-- citizen_no, first_at. first_at, end_at: days after the day drawn, the second one exclusive,
-- within the follow-up. weekly_hours: spells of one day add up, to $most_hours. $subsidised: types
-- that are no ordinary work; $employment: types whose blank hours are $blank_hours.
CREATE OR REPLACE TABLE run.trial_pieces AS
WITH worked AS (
    SELECT
        s.citizen_no,
        greatest(s.first_at, 0) AS first_at,
        least(s.end_at, t.days) AS end_at,
        CASE
            WHEN s.hours IS NULL AND list_contains($employment::VARCHAR[], s.type)
                THEN $blank_hours::DECIMAL(18, 2)
            ELSE coalesce(s.hours, 0)
        END AS hours
    FROM run.trial_spells AS s
    JOIN run.trial AS t USING (citizen_no)
    WHERE NOT list_contains($subsidised::VARCHAR[], s.type)
),

turns AS (
    SELECT citizen_no, on_day, sum(change) AS change
    FROM (
        SELECT citizen_no, first_at AS on_day, hours AS change
        FROM worked
        WHERE first_at < end_at AND hours > 0
        UNION ALL
        SELECT citizen_no, end_at AS on_day, -hours AS change
        FROM worked
        WHERE first_at < end_at AND hours > 0
    ) AS both_ends
    GROUP BY citizen_no, on_day
),

levels AS (
    SELECT
        citizen_no,
        on_day AS first_at,
        lead(on_day) OVER (PARTITION BY citizen_no ORDER BY on_day) AS end_at,
        least(
            sum(change) OVER (PARTITION BY citizen_no ORDER BY on_day),
            $most_hours::DECIMAL(18, 2)
        ) AS weekly_hours
    FROM turns
)

SELECT citizen_no, first_at, end_at, weekly_hours::DOUBLE AS weekly_hours
FROM levels
WHERE weekly_hours > 0
