-- Adds the projects of the run's tables as $stage.
INSERT INTO run.stage_projects BY NAME
SELECT
    $stage::VARCHAR AS stage,
    f.project_id,
    any_value(f.lead_municipality) AS lead_municipality,
    any_value(t.status) AS status,
    sum(s.gross_activity_dkk)::DECIMAL(38, 2) AS gross_dkk,
    sum(s.wages_dkk)::DECIMAL(38, 2) AS wages_dkk,
    sum(s.entitlement_dkk)::DECIMAL(38, 2) AS entitlement_dkk,
    sum(s.posted_dkk)::DECIMAL(38, 2) AS posted_dkk
FROM run.project_facts AS f
JOIN run.project_status AS t USING (project_id)
JOIN run.payable AS s USING (project_id)
GROUP BY f.project_id
