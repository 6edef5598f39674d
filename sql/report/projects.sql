-- Grain: project of the register, in the settled year. Key: project_id. Amounts in DKK. posted_dkk:
-- in the ledger for the year. status, holds: as in run.project_status.
SELECT
    f.project_id,
    f.project_name,
    f.lead_municipality,
    f.as_of_date,
    t.status,
    array_to_string(t.holds, ' ') AS holds,
    f.target_participants,
    s.starts,
    s.completions,
    s.activity_dkk,
    s.fixed_dkk,
    s.entitlement_dkk,
    s.posted_dkk,
    s.payable_dkk,
    s.gross_cumulative_dkk,
    s.activity_cumulative_dkk,
    s.cap_dkk,
    (s.cap_dkk - s.activity_cumulative_dkk)::DECIMAL(18, 2) AS cap_left_dkk,
    (s.gross_cumulative_dkk - s.activity_cumulative_dkk)::DECIMAL(18, 2) AS beyond_cap_dkk,
    s.fixed_max_dkk,
    s.fixed_cumulative_dkk
FROM run.project_facts AS f
CROSS JOIN run.programme AS y
JOIN run.payable AS s ON s.project_id = f.project_id AND s.year = y.settled_year
JOIN run.project_status AS t ON t.project_id = f.project_id
ORDER BY f.project_id
