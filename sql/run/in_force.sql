-- Grain: project of the register that has an accepted delivery. Key: project_id. The delivery in force: of those
-- accepted by $known_at the one with the latest as-of date; received twice for one date, the one received last.
-- Reads register_projects (frame).
CREATE OR REPLACE TABLE run.in_force AS
SELECT p.project_id, d.delivery_no, r.receipt_no, d.as_of_date, r.received_at
FROM register_projects AS p
JOIN core_deliveries AS d ON d.project_folder = p.project_id
JOIN core_receipts AS r USING (delivery_no)
WHERE r.is_accepted AND r.received_at <= $known_at::TIMESTAMP
QUALIFY row_number() OVER (PARTITION BY p.project_id ORDER BY d.as_of_date DESC, r.receipt_no DESC) = 1
