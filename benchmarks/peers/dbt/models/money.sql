-- Grain: project and year.
WITH years AS (
    SELECT unnest(range({{ var('first_year') }}, {{ var('year') }} + 1)) AS year
),

starts AS (
    SELECT project_id, year(start_date) AS year, count(*) AS starts FROM {{ ref('events') }} GROUP BY ALL
),

completions AS (
    SELECT project_id, year(completion_date) AS year, count(*) AS completions FROM {{ ref('events') }} GROUP BY ALL
),

wages AS (
    SELECT project_id, year(day) AS year, sum(amount) AS wages
    FROM {{ ref('expense_rows') }}
    WHERE codes = '' AND kategori IN {{ var('wage_categories') }}
    GROUP BY ALL
),

yearly AS (
    SELECT
        y.year,
        p.*,
        coalesce(s.starts, 0) AS starts,
        coalesce(c.completions, 0) AS completions,
        coalesce(w.wages, 0) AS wages,
        coalesce(s.starts, 0) * {{ var('start_dkk') }} + coalesce(c.completions, 0) * {{ var('completion_dkk') }} AS gross,
        p.target * {{ var('cap_a_participant_dkk') }} AS cap
    FROM {{ ref('projects') }} AS p
    CROSS JOIN years AS y
    LEFT JOIN starts AS s USING (project_id, year)
    LEFT JOIN completions AS c USING (project_id, year)
    LEFT JOIN wages AS w USING (project_id, year)
),

capped AS (
    SELECT
        *,
        least(sum(gross) OVER so_far, cap) AS activity_cumulative,
        greatest(least(sum(wages) OVER so_far, fixed_max), 0) AS fixed_cumulative
    FROM yearly
    WINDOW so_far AS (PARTITION BY project_id ORDER BY year ROWS UNBOUNDED PRECEDING)
)

SELECT
    *,
    activity_cumulative - lag(activity_cumulative, 1, 0) OVER years AS activity,
    fixed_cumulative - lag(fixed_cumulative, 1, 0) OVER years AS fixed
FROM capped
WINDOW years AS (PARTITION BY project_id ORDER BY year)
