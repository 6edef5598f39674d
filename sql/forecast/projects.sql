-- Grain: project of the register. Key: project_id. Its ceilings, what is granted and posted of all
-- years that the run has, in DKK, and its days since the programme's first day. as_of_date: null
-- where there is no delivery.
WITH granted AS (
    SELECT
        project_id,
        sum(entitlement_dkk)::DECIMAL(18, 2) AS so_far_dkk,
        any_value(cap_dkk) AS cap_dkk,
        any_value(fixed_max_dkk) AS fixed_max_dkk
    FROM run.settlement
    GROUP BY project_id
),

posted AS (
    SELECT project_id, sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM run.posted
    GROUP BY project_id
)

SELECT
    p.project_id,
    p.lead_municipality,
    p.as_of_date,
    (p.as_of_date - g.programme_first_day)::INTEGER AS as_of_day,
    (p.start_date - g.programme_first_day)::INTEGER AS first_day,
    (p.window_end - g.programme_first_day)::INTEGER AS window_end_day,
    p.target_participants::INTEGER AS target,
    s.so_far_dkk,
    s.cap_dkk,
    s.fixed_max_dkk,
    coalesce(l.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk
FROM run.projects AS p
CROSS JOIN run.programme AS g
JOIN granted AS s USING (project_id)
LEFT JOIN posted AS l USING (project_id)
ORDER BY p.project_id
