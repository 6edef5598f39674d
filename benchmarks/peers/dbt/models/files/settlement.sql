WITH arms AS (
    SELECT
        project_id,
        any_value(as_of) AS as_of,
        count_if(is_participant) AS participants,
        count_if(NOT is_participant) AS controls
    FROM {{ ref('events') }}
    GROUP BY ALL
)

SELECT
    year,
    project_id,
    lead_municipality,
    'ready' AS status,
    NULL AS holds,
    as_of AS delivery_as_of,
    target AS target_participants,
    participants,
    controls,
    starts,
    completions,
    gross::DECIMAL(18, 2) AS gross_activity,
    cap::DECIMAL(18, 2) AS cap,
    activity_cumulative::DECIMAL(18, 2) AS activity_cumulative,
    activity::DECIMAL(18, 2) AS activity,
    wages::DECIMAL(18, 2) AS wages_documented,
    fixed_cumulative::DECIMAL(18, 2) AS fixed_cumulative,
    fixed::DECIMAL(18, 2) AS fixed,
    (activity + fixed)::DECIMAL(18, 2) AS entitlement,
    0::DECIMAL(18, 2) AS posted,
    (activity + fixed)::DECIMAL(18, 2) AS payable
FROM {{ ref('money') }}
JOIN arms USING (project_id)
WHERE year = {{ var('year') }}
ORDER BY project_id
