-- Grain: delivery that never counts although it was received by `known_at` (UTC). Key:
-- project_folder, as_of_folder. It is older than the one in force, and came after it (is_later:
-- new, or edited), or when a newer one was there already, or with it. A delivery that was in force
-- until the next one came is not listed.
CREATE OR REPLACE MACRO without_effect(known_at) AS TABLE
WITH receipts AS (
    SELECT
        d.project_folder,
        d.as_of_folder,
        d.as_of_date,
        r.receipt_no,
        r.received_at,
        r.is_accepted,
        min(r.received_at)
            OVER (PARTITION BY d.project_folder, d.as_of_folder)
            AS first_received_at
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    WHERE r.received_at <= known_at
),

newest AS (
    SELECT *
    FROM receipts
    QUALIFY row_number()
        OVER (PARTITION BY project_folder, as_of_folder ORDER BY receipt_no DESC)
        = 1
)

SELECT
    n.project_folder,
    n.as_of_folder,
    n.received_at,
    n.is_accepted,
    f.as_of_date AS in_force_as_of,
    n.received_at > f.received_at AS is_later
FROM newest AS n
JOIN in_force(known_at) AS f USING (project_folder)
WHERE n.as_of_date < f.as_of_date
  AND (n.received_at > f.received_at
      OR n.first_received_at >= (
          SELECT min(r.received_at)
          FROM receipts AS r
          WHERE r.is_accepted
            AND r.project_folder = n.project_folder
            AND r.as_of_date > n.as_of_date
      ))
