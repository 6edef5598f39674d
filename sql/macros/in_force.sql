-- Grain: project that has an accepted delivery. Key: project_folder. The delivery in force: of
-- those accepted by `known_at` (UTC) the one with the latest as-of date; of two for one date, the
-- one received last.
CREATE OR REPLACE MACRO in_force(known_at) AS TABLE
SELECT d.project_folder, d.as_of_date, d.delivery_no, r.receipt_no, r.received_at
FROM core_deliveries AS d
JOIN core_receipts AS r USING (delivery_no)
WHERE r.is_accepted AND r.received_at <= known_at
QUALIFY row_number()
    OVER (PARTITION BY d.project_folder ORDER BY d.as_of_date DESC, r.receipt_no DESC)
    = 1
