-- Grain: project of the register. settlement.csv, its columns and order as the interface gives
-- them. Amounts in DKK. A project that starts after the year has zeros except its target and cap.
SELECT
    s.year,
    s.project_id,
    f.lead_municipality,
    t.status,
    nullif(array_to_string(t.holds, ' '), '') AS holds,
    f.as_of_date AS delivery_as_of,
    f.target_participants,
    f.participants,
    f.controls,
    s.starts,
    s.completions,
    s.gross_activity_dkk AS gross_activity,
    s.cap_dkk AS cap,
    s.activity_cumulative_dkk AS activity_cumulative,
    s.activity_dkk AS activity,
    s.wages_dkk AS wages_documented,
    s.fixed_cumulative_dkk AS fixed_cumulative,
    s.fixed_dkk AS fixed,
    s.entitlement_dkk AS entitlement,
    s.posted_dkk AS posted,
    s.payable_dkk AS payable
FROM run.payable AS s
JOIN run.project_facts AS f USING (project_id)
JOIN run.project_status AS t USING (project_id)
WHERE s.year = $year
ORDER BY s.year, s.project_id
