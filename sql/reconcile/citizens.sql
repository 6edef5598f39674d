-- Adds one row per project and programme year to the settled one: the activity grant, and what the
-- citizens' own amounts come to after the cap, added up from one citizen to the next in the order
-- of the days.
INSERT INTO run.reconciliations
WITH amounts AS (
    SELECT project_id, start_date AS day, start_dkk AS amount_dkk
    FROM run.citizen_events
    WHERE start_date IS NOT NULL
    UNION ALL
    SELECT project_id, completion_date, completion_dkk
    FROM run.citizen_events
    WHERE completion_date IS NOT NULL
),

so_far AS (
    SELECT
        a.project_id,
        year(a.day) AS year,
        a.amount_dkk,
        s.cap_dkk,
        sum(a.amount_dkk)
            OVER (PARTITION BY a.project_id ORDER BY a.day ROWS UNBOUNDED PRECEDING)
            AS reached_dkk
    FROM amounts AS a
    JOIN run.settlement AS s ON s.project_id = a.project_id AND s.year = year(a.day)
),

capped AS (
    SELECT
        project_id,
        year,
        sum(least(reached_dkk, cap_dkk) - least(reached_dkk - amount_dkk, cap_dkk)) AS activity_dkk
    FROM so_far
    GROUP BY project_id, year
)

SELECT
    'activity grant = citizens'' amounts after the cap',
    concat_ws(' ', s.project_id, s.year),
    'DKK',
    s.activity_dkk,
    coalesce(c.activity_dkk, 0)
FROM run.settlement AS s
LEFT JOIN capped AS c USING (project_id, year)
ORDER BY ALL
