-- Grain: band, event, step of $step_days. Key: all three. The life tables of all projects together
-- ('expected') and of the project at the percentile $low_share ('low'), by its events over those
-- that all together would have had. hazard: accumulated from day 0 to the end of the step. Whoever
-- is lost sight of within a step was at risk for half of it. Reads the frames known_participants
-- and known_projects, where only what came by as_of_day counts. In floating point: an estimate.
WITH known AS (
    SELECT
        p.project_id,
        p.as_of_day,
        c.enrolled_day,
        CASE WHEN c.start_day <= p.as_of_day THEN c.start_day END AS start_day,
        CASE WHEN c.completion_day <= p.as_of_day THEN c.completion_day END AS completion_day
    FROM known_participants AS c
    JOIN known_projects AS p USING (project_id)
    WHERE c.enrolled_day <= p.as_of_day
),

waits AS (
    SELECT
        project_id,
        'start' AS event,
        greatest(coalesce(start_day, as_of_day) - enrolled_day, 0) AS days,
        start_day IS NOT NULL AS has_come
    FROM known
    UNION ALL
    SELECT
        project_id,
        'completion',
        greatest(coalesce(completion_day, as_of_day) - start_day, 0),
        completion_day IS NOT NULL
    FROM known
    WHERE start_day IS NOT NULL
),

counted AS (
    SELECT
        project_id,
        event,
        days // $step_days AS step,
        count(*) FILTER (WHERE has_come) AS came,
        count(*) FILTER (WHERE NOT has_come) AS lost
    FROM waits
    GROUP BY GROUPING SETS ((event, days // $step_days), (project_id, event, days // $step_days))
),

-- Steps in which nobody's wait ended are there, too.
steps AS (
    SELECT project_id, event, unnest(range(max(step) + 1)) AS step
    FROM counted
    GROUP BY project_id, event
),

at_risk AS (
    SELECT
        s.*,
        coalesce(c.came, 0) AS came,
        coalesce(c.lost, 0) AS lost,
        sum(coalesce(c.came + c.lost, 0))
            OVER (PARTITION BY s.project_id, s.event ORDER BY s.step DESC)
            AS entered
    FROM steps AS s
    LEFT JOIN counted AS c
        ON c.project_id IS NOT DISTINCT FROM s.project_id AND c.event = s.event AND c.step = s.step
),

-- A step in which everybody has the event leaves a chance of a thousandth: a hazard is finite.
hazards AS (
    SELECT
        *, -ln(1 - least(came / greatest(entered - lost / 2, 0.5), 0.999)::DOUBLE) AS step_hazard
    FROM at_risk
),

tables AS (
    SELECT
        *,
        sum(step_hazard) OVER (PARTITION BY project_id, event ORDER BY step) AS hazard
    FROM hazards
),

awaited AS (
    SELECT
        w.project_id,
        count(*) FILTER (WHERE w.has_come) AS came,
        sum(
            t.hazard - t.step_hazard + (w.days / $step_days - t.step) * t.step_hazard
            ORDER BY w.event, w.days
        ) AS events
    FROM waits AS w
    JOIN tables AS t
        ON t.project_id IS NULL AND t.event = w.event AND t.step = w.days // $step_days
    GROUP BY w.project_id
),

ranked AS (
    SELECT
        project_id,
        row_number() OVER (
            ORDER BY CASE WHEN events > 0 THEN came / events ELSE 1 END, project_id
        ) - 1 AS place,
        floor($low_share * (count(*) OVER () - 1)) AS low_place
    FROM awaited
)

SELECT 'expected' AS band, event, step, hazard FROM tables WHERE project_id IS NULL
UNION ALL
SELECT 'low', event, step, hazard
FROM tables
JOIN ranked USING (project_id)
WHERE place = low_place
ORDER BY band, event, step
