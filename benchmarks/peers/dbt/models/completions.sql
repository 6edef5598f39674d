WITH marked AS (
    SELECT
        s.*,
        first_day > max(reach_day) OVER (
            PARTITION BY project_id, borger_id, company ORDER BY first_day, last_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) IS NOT FALSE AS begins
    FROM {{ ref('spells') }} AS s
    JOIN {{ ref('reach') }} AS r ON r.day = s.last_day
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
    HAVING max(last_day) - min(first_day) + 1 >= {{ var("completion_days") }}
)

SELECT project_id, borger_id, min(first_day) + {{ var("completion_days") }} - 1 AS day
FROM chains
GROUP BY ALL
