-- Grain: project of the register that has a delivery in force at $known_at. Key: project_id.
-- Reads register_projects (frame).
CREATE OR REPLACE TABLE run.in_force AS
SELECT p.project_id, f.delivery_no, f.receipt_no, f.as_of_date, f.received_at
FROM register_projects AS p
JOIN in_force($known_at::TIMESTAMP) AS f ON f.project_folder = p.project_id
