-- Grain: person drawn in a project of the register by $known_at (UTC). Key: project_id, person.
-- gruppe: the arm drawn; day: the day drawn (Copenhagen); stratum: municipality and target group,
-- '101:aktivitetsparat'. Reads register_projects (frame).
CREATE OR REPLACE TABLE run.drawn AS
SELECT m.project_id, m.person, m.gruppe, m.day, m.stratum
FROM core_draw_members AS m
JOIN core_draw AS d USING (project_id, number)
SEMI JOIN register_projects AS p USING (project_id)
WHERE d.written_at <= $known_at::TIMESTAMP
