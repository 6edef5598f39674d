WITH years AS (
    SELECT unnest(range({{ var("first_year") }}, {{ var("year") }} + 1)) AS year
),

yearly AS (
    SELECT
        y.year,
        p.projekt_id AS project_id,
        right(p.tilsagnshaver, 3) AS lead_municipality,
        p.maaltal AS target,
        coalesce(e.starts, 0) AS starts,
        coalesce(e.completions, 0) AS completions,
        coalesce(e.gross, 0) AS gross,
        coalesce(w.wages, 0) AS wages,
        p.maaltal * {{ var("cap_a_participant_dkk") }} AS cap,
        least(p.tilsagn_fast, {{ var("fixed_max_dkk") }}) AS fixed_max
    FROM read_csv(
        '{{ var("register") }}/projekter.csv', delim = ';',
        types = {'tilsagnshaver': 'VARCHAR', 'maaltal': 'BIGINT', 'tilsagn_fast': 'DECIMAL(18, 2)'}
    ) AS p
    CROSS JOIN years AS y
    LEFT JOIN {{ ref('events') }} AS e ON e.project_id = p.projekt_id AND e.year = y.year
    LEFT JOIN {{ ref('wages') }} AS w ON w.project_id = p.projekt_id AND w.year = y.year
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
