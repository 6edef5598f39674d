-- Grain: receipt whose F codes are told. Key: receipt_no. The delivery in force of each project, and, of what was
-- last received under each name, the refused that the rule P05 counts: a later as-of date than the one in force, no
-- readable date, or the same date and received after it; all of them where none is in force. A folder that is no
-- project of the register has its own name as project_id.
CREATE OR REPLACE TABLE run.told_receipts AS
WITH newest AS (
    SELECT d.project_folder, d.as_of_folder, d.as_of_date, r.receipt_no, r.is_accepted
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    WHERE r.received_at <= $known_at::TIMESTAMP
    QUALIFY row_number() OVER (PARTITION BY d.project_folder, d.as_of_folder ORDER BY r.receipt_no DESC) = 1
),

refused AS (
    SELECT n.project_folder AS project_id, n.as_of_folder, n.receipt_no, false AS is_in_force
    FROM newest AS n
    LEFT JOIN run.in_force AS f ON f.project_id = n.project_folder
    WHERE NOT n.is_accepted
      AND (
          f.project_id IS NULL
          OR n.as_of_date IS NULL
          OR n.as_of_date > f.as_of_date
          OR (n.as_of_date = f.as_of_date AND n.receipt_no > f.receipt_no)
      )
),

in_force AS (
    SELECT f.project_id, d.as_of_folder, f.receipt_no, true AS is_in_force
    FROM run.in_force AS f
    JOIN core_deliveries AS d USING (delivery_no)
)

SELECT * FROM refused
UNION ALL
SELECT * FROM in_force
