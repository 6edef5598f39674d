-- Grain: receipt whose F codes are reported. Key: receipt_no. The delivery in force of each
-- project, and the refused that stand, which the rule P05 counts. A folder that is no project of
-- the register has its own name as project_id.
CREATE OR REPLACE TABLE run.reported_receipts AS
SELECT project_folder AS project_id, as_of_folder, receipt_no, false AS is_in_force
FROM standing_refused($known_at::TIMESTAMP)
UNION ALL
SELECT f.project_id, d.as_of_folder, f.receipt_no, true AS is_in_force
FROM run.in_force AS f
JOIN core_deliveries AS d USING (delivery_no)
