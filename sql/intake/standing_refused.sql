-- Grain: refused delivery that stands, code that refuses it. Key: project_id, as_of_folder, code. Of what was last
-- received under each name the refused that no accepted delivery has overtaken (as in run.told_receipts, of every folder).
-- received_at: UTC. places_da, places_en: every place, in the order found.
WITH newest AS (
    SELECT d.project_folder, d.as_of_folder, d.as_of_date, r.receipt_no, r.received_at, r.is_accepted
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    QUALIFY row_number() OVER (PARTITION BY d.project_folder, d.as_of_folder ORDER BY r.receipt_no DESC) = 1
),

accepted AS (
    SELECT d.project_folder, d.as_of_date, r.receipt_no
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    WHERE r.is_accepted
    QUALIFY row_number() OVER (PARTITION BY d.project_folder ORDER BY d.as_of_date DESC, r.receipt_no DESC) = 1
)

SELECT
    n.project_folder AS project_id,
    n.as_of_folder,
    n.received_at,
    f.code,
    string_agg(f.place_da, '; ' ORDER BY f.place_no) AS places_da,
    string_agg(f.place_en, '; ' ORDER BY f.place_no) AS places_en
FROM newest AS n
JOIN core_faults AS f USING (receipt_no)
LEFT JOIN accepted AS a USING (project_folder)
WHERE NOT n.is_accepted
  AND NOT list_contains($remarks::VARCHAR[], f.code)
  AND (
      a.project_folder IS NULL
      OR n.as_of_date IS NULL
      OR n.as_of_date > a.as_of_date
      OR (n.as_of_date = a.as_of_date AND n.receipt_no > a.receipt_no)
  )
GROUP BY ALL
ORDER BY n.project_folder, n.as_of_folder, f.code
