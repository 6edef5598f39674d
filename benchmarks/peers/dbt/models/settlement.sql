{{ config(materialized='external', location=env_var('SETTLEMENT_OUT') ~ '/settlement.csv', format='csv') }}
WITH arms AS (
    SELECT project_id, count_if(is_participant) AS participants, count_if(NOT is_participant) AS controls
    FROM {{ ref('citizens') }}
    GROUP BY ALL
)

SELECT
    m.year,
    m.project_id,
    m.lead_municipality,
    'ready' AS status,
    NULL AS holds,
    d.as_of AS delivery_as_of,
    m.target AS target_participants,
    a.participants,
    a.controls,
    m.starts,
    m.completions,
    m.gross::DECIMAL(18, 2) AS gross_activity,
    m.cap::DECIMAL(18, 2) AS cap,
    m.activity_cumulative::DECIMAL(18, 2) AS activity_cumulative,
    m.activity::DECIMAL(18, 2) AS activity,
    m.wages::DECIMAL(18, 2) AS wages_documented,
    m.fixed_cumulative::DECIMAL(18, 2) AS fixed_cumulative,
    m.fixed::DECIMAL(18, 2) AS fixed,
    (m.activity + m.fixed)::DECIMAL(18, 2) AS entitlement,
    0::DECIMAL(18, 2) AS posted,
    (m.activity + m.fixed)::DECIMAL(18, 2) AS payable
FROM {{ ref('money') }} AS m
JOIN {{ ref('deliveries') }} AS d USING (project_id)
JOIN arms AS a USING (project_id)
WHERE m.year = {{ var("year") }}
ORDER BY m.project_id
