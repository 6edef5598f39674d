-- Grain: refused delivery that stands at `known_at` (UTC). Key: receipt_no. Takes the last receipt
-- under each name, if it was refused. With no delivery in force, every such refusal stands.
-- Otherwise it stands if its as-of date is later, if the date is the same and it came later, or if
-- it has no usable date (unreadable, or in the future) and did not come in an earlier run. A folder
-- that is given its right name leaves no other trace of being mended.
CREATE OR REPLACE MACRO standing_refused(known_at) AS TABLE
WITH newest AS (
    SELECT
        d.project_folder,
        d.as_of_folder,
        d.as_of_date,
        -- The day after is today in Copenhagen, late in the evening of UTC.
        d.as_of_date IS NULL OR d.as_of_date > r.received_at::DATE + 1 AS has_no_known_date,
        r.receipt_no,
        r.received_at,
        r.is_accepted
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    WHERE r.received_at <= known_at
    QUALIFY row_number()
        OVER (PARTITION BY d.project_folder, d.as_of_folder ORDER BY r.receipt_no DESC)
        = 1
)

SELECT n.project_folder, n.as_of_folder, n.receipt_no, n.received_at
FROM newest AS n
LEFT JOIN in_force(known_at) AS f USING (project_folder)
WHERE NOT n.is_accepted
  AND CASE
      WHEN f.project_folder IS NULL THEN true
      WHEN n.has_no_known_date THEN n.received_at >= f.received_at
      ELSE (n.as_of_date, n.receipt_no) > (f.as_of_date, f.receipt_no)
  END
