-- Grain: project that has delivered, or is in the newest draft. Key: project_id. The newest accepted delivery (null: none), and
-- the F codes that refuse what was last received and is not older than it; $remarks: those that refuse nothing.
WITH newest AS (
    SELECT d.project_folder AS project_id, d.as_of_folder, d.as_of_date, r.receipt_no, r.received_at, r.is_accepted
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    WHERE r.received_at <= $known_at::TIMESTAMP
    QUALIFY row_number() OVER (PARTITION BY d.project_folder, d.as_of_folder ORDER BY r.receipt_no DESC) = 1
),

in_force AS (
    SELECT d.project_folder AS project_id, d.as_of_date, r.receipt_no, r.received_at
    FROM core_deliveries AS d
    JOIN core_receipts AS r USING (delivery_no)
    WHERE r.is_accepted AND r.received_at <= $known_at::TIMESTAMP
    QUALIFY row_number() OVER (PARTITION BY d.project_folder ORDER BY d.as_of_date DESC, r.receipt_no DESC) = 1
),

refused AS (
    SELECT
        n.project_id,
        list({delivery: n.as_of_folder, received_at: n.received_at, codes: c.codes} ORDER BY n.as_of_folder) AS refused
    FROM newest AS n
    JOIN (
        SELECT receipt_no, list(DISTINCT code ORDER BY code) AS codes
        FROM core_faults
        WHERE NOT list_contains($remarks::VARCHAR[], code)
        GROUP BY receipt_no
    ) AS c USING (receipt_no)
    LEFT JOIN in_force AS f USING (project_id)
    WHERE NOT n.is_accepted
      AND (
          f.project_id IS NULL
          OR n.as_of_date IS NULL
          OR n.as_of_date > f.as_of_date
          OR (n.as_of_date = f.as_of_date AND n.receipt_no > f.receipt_no)
      )
    GROUP BY n.project_id
),

drafted AS (
    SELECT p.project_id, p.project_name
    FROM draft_projects AS p
    JOIN core_drafts AS d USING (draft_no)
    WHERE d.prepared_at <= $known_at::TIMESTAMP
    QUALIFY row_number() OVER (PARTITION BY p.project_id ORDER BY p.draft_no DESC) = 1
)

SELECT
    project_id,
    d.project_name,
    f.as_of_date,
    f.received_at,
    coalesce(r.refused, []) AS refused
FROM drafted AS d
FULL JOIN in_force AS f USING (project_id)
FULL JOIN refused AS r USING (project_id)
ORDER BY project_id
