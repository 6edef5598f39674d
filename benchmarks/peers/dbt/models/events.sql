WITH days AS (
    SELECT project_id, min(first_day) AS day, 1 AS starts, 0 AS completions, {{ var("start_dkk") }} AS dkk
    FROM {{ ref('spells') }}
    GROUP BY project_id, borger_id
    UNION ALL
    SELECT project_id, day, 0, 1, {{ var("completion_dkk") }}
    FROM {{ ref('completions') }}
)

SELECT project_id, year(day) AS year, sum(starts) AS starts, sum(completions) AS completions, sum(dkk) AS gross
FROM days
GROUP BY ALL
