-- Grain: project of the register. Key: project_id. The settled year's figures, the caps over all
-- years, and what the ledger holds for the year. Amounts in DKK; *_earlier_dkk: over the years
-- before. is_settled_before: the ledger has an entry of the project and year.
WITH posted AS (
    SELECT
        project_id,
        sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk,
        coalesce(sum(posted_dkk) FILTER (WHERE component = 'activity'), 0)::DECIMAL(18, 2)
            AS posted_activity_dkk
    FROM run.posted
    WHERE year = $year
    GROUP BY project_id
)

SELECT
    f.project_id,
    f.project_name,
    f.case_number,
    f.lead_municipality,
    f.contact,
    f.as_of_date,
    f.target_participants,
    f.participants,
    f.controls,
    f.activity_grant_per_citizen_max_dkk,
    f.activity_cap_share,
    f.completion_days,
    s.gross_activity_dkk,
    s.gross_cumulative_dkk,
    (s.activity_cumulative_dkk - s.activity_dkk)::DECIMAL(18, 2) AS activity_earlier_dkk,
    s.activity_dkk,
    s.cap_dkk,
    s.wages_dkk,
    s.wages_cumulative_dkk,
    (s.fixed_cumulative_dkk - s.fixed_dkk)::DECIMAL(18, 2) AS fixed_earlier_dkk,
    s.fixed_dkk,
    s.fixed_max_dkk,
    s.entitlement_dkk,
    coalesce(p.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk,
    coalesce(p.posted_activity_dkk, 0)::DECIMAL(18, 2) AS posted_activity_dkk,
    p.project_id IS NOT NULL AS is_settled_before
FROM run.project_facts AS f
JOIN run.settlement AS s ON s.project_id = f.project_id AND s.year = $year
LEFT JOIN posted AS p ON p.project_id = f.project_id
ORDER BY f.project_id
