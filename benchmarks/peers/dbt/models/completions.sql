-- Only spells at a company where their span is long enough can complete.
WITH long_enough AS (
    SELECT project_id, borger_id, company, count(*) AS spells, min(first_day) AS first_day
    FROM {{ ref('spells') }}
    GROUP BY ALL
    HAVING max(last_day) - min(first_day) + 1 >= {{ var('completion_days') }}
),

marked AS (
    SELECT
        project_id,
        borger_id,
        company,
        first_day,
        last_day,
        first_day > max(reach_day) OVER (
            PARTITION BY project_id, borger_id, company ORDER BY first_day, last_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) IS NOT FALSE AS begins
    FROM {{ ref('spells') }}
    SEMI JOIN (FROM long_enough WHERE spells > 1) USING (project_id, borger_id, company)
    JOIN {{ ref('reach') }} ON day = last_day
),

numbered AS (
    SELECT
        *,
        count_if(begins) OVER (PARTITION BY project_id, borger_id, company ORDER BY first_day, last_day) AS chain
    FROM marked
),

chains AS (
    SELECT project_id, borger_id, min(first_day) AS first_day
    FROM numbered
    GROUP BY project_id, borger_id, company, chain
    HAVING max(last_day) - min(first_day) + 1 >= {{ var('completion_days') }}
    UNION ALL
    SELECT project_id, borger_id, first_day FROM long_enough WHERE spells = 1
)

SELECT project_id, borger_id, min(first_day) + {{ var('completion_days') }} - 1 AS completion_date
FROM chains
GROUP BY project_id, borger_id
