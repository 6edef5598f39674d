-- Grain: project of the register, programme year. Key: project_id, year. Amounts in DKK.
-- *_cumulative: from the programme's first year to this one. cap_dkk: rounded half up to the øre.
CREATE OR REPLACE TABLE run.every_year AS
WITH years AS (
    SELECT unnest(range(year(programme_first_day), year(programme_last_day) + 1)) AS year
    FROM run.programme
),

events AS (
    SELECT
        project_id, year(start_date) AS year, 1 AS starts, 0 AS completions, start_dkk AS amount_dkk
    FROM run.citizen_events
    WHERE start_date IS NOT NULL
    UNION ALL
    SELECT project_id, year(completion_date), 0, 1, completion_dkk
    FROM run.citizen_events
    WHERE completion_date IS NOT NULL
),

yearly_events AS (
    SELECT
        project_id,
        year,
        sum(starts)::INTEGER AS starts,
        sum(completions)::INTEGER AS completions,
        sum(amount_dkk)::DECIMAL(18, 2) AS gross_activity_dkk
    FROM events
    GROUP BY project_id, year
),

yearly AS (
    SELECT
        p.project_id,
        y.year,
        coalesce(e.starts, 0) AS starts,
        coalesce(e.completions, 0) AS completions,
        coalesce(e.gross_activity_dkk, 0)::DECIMAL(18, 2) AS gross_activity_dkk,
        (
            p.activity_cap_share::DECIMAL(7, 6)
            * p.activity_grant_per_citizen_max_dkk::DECIMAL(19, 2)
            * p.target_participants::DECIMAL(12, 0)
        )::DECIMAL(18, 2) AS cap_dkk,
        coalesce(w.wages_dkk, 0)::DECIMAL(38, 2) AS wages_dkk,
        least(p.commitment_dkk, p.fixed_grant_max_dkk)::DECIMAL(18, 2) AS fixed_max_dkk
    FROM run.projects AS p
    CROSS JOIN years AS y
    LEFT JOIN yearly_events AS e ON e.project_id = p.project_id AND e.year = y.year
    LEFT JOIN run.wages AS w ON w.project_id = p.project_id AND w.year = y.year
),

summed AS (
    SELECT
        *,
        (sum(gross_activity_dkk) OVER so_far)::DECIMAL(18, 2) AS gross_cumulative_dkk,
        (sum(wages_dkk) OVER so_far)::DECIMAL(38, 2) AS wages_cumulative_dkk
    FROM yearly
    WINDOW so_far AS (PARTITION BY project_id ORDER BY year ROWS UNBOUNDED PRECEDING)
),

capped AS (
    SELECT
        *,
        least(gross_cumulative_dkk, cap_dkk) AS activity_cumulative_dkk,
        greatest(least(wages_cumulative_dkk, fixed_max_dkk), 0)::DECIMAL(18, 2)
            AS fixed_cumulative_dkk
    FROM summed
),

increments AS (
    SELECT
        *,
        (activity_cumulative_dkk - lag(activity_cumulative_dkk, 1, 0) OVER so_far)::DECIMAL(18, 2)
            AS activity_dkk,
        (fixed_cumulative_dkk - lag(fixed_cumulative_dkk, 1, 0) OVER so_far)::DECIMAL(18, 2)
            AS fixed_dkk
    FROM capped
    WINDOW so_far AS (PARTITION BY project_id ORDER BY year)
)

SELECT *, (activity_dkk + fixed_dkk)::DECIMAL(18, 2) AS entitlement_dkk
FROM increments
