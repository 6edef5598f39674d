-- Adds the projects of the run's tables as $stage.
INSERT INTO run.stage_projects BY NAME
WITH posted AS (
    SELECT l.project_id, sum(l.posted_dkk) AS posted_dkk
    FROM run.posted AS l
    CROSS JOIN run.programme AS p
    WHERE l.year <= p.settled_year
    GROUP BY l.project_id
)

SELECT
    $stage::VARCHAR AS stage,
    f.project_id,
    any_value(f.lead_municipality) AS lead_municipality,
    any_value(t.status) AS status,
    sum(s.gross_activity_dkk)::DECIMAL(38, 2) AS gross_dkk,
    sum(s.wages_dkk)::DECIMAL(38, 2) AS wages_dkk,
    sum(s.entitlement_dkk)::DECIMAL(38, 2) AS entitlement_dkk,
    coalesce(any_value(l.posted_dkk), 0)::DECIMAL(38, 2) AS posted_dkk
FROM run.project_facts AS f
JOIN run.project_status AS t USING (project_id)
JOIN run.settlement AS s USING (project_id)
LEFT JOIN posted AS l USING (project_id)
GROUP BY f.project_id
