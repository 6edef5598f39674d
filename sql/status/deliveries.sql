-- Grain: project that has delivered, or is in the newest draft. Key: project_id. The delivery in
-- force (null: none), and the refused that stand, with the F codes that refuse them; $remarks:
-- those that refuse nothing. without_effect: what came after the one in force, and is older.
WITH refused AS (
    SELECT
        n.project_folder AS project_id,
        list(
            {delivery: n.as_of_folder, received_at: n.received_at, codes: c.codes}
            ORDER BY n.as_of_folder
        ) AS refused
    FROM standing_refused($known_at::TIMESTAMP) AS n
    JOIN (
        SELECT receipt_no, list(DISTINCT code ORDER BY code) AS codes
        FROM core_faults
        WHERE NOT list_contains($remarks::VARCHAR[], code)
        GROUP BY receipt_no
    ) AS c USING (receipt_no)
    GROUP BY n.project_folder
),

without_effect AS (
    SELECT
        project_folder AS project_id,
        list({delivery: as_of_folder, received_at: received_at} ORDER BY as_of_folder)
            AS without_effect
    FROM without_effect($known_at::TIMESTAMP)
    WHERE is_later
    GROUP BY project_folder
),

drafted AS (
    SELECT p.project_id, p.project_name
    FROM draft_projects AS p
    JOIN core_drafts AS d USING (draft_no)
    WHERE d.prepared_at <= $known_at::TIMESTAMP
    QUALIFY row_number() OVER (PARTITION BY p.project_id ORDER BY p.draft_no DESC) = 1
)

SELECT
    coalesce(d.project_id, f.project_folder, r.project_id) AS project_id,
    d.project_name,
    f.as_of_date,
    f.received_at,
    coalesce(r.refused, []) AS refused,
    coalesce(w.without_effect, []) AS without_effect
FROM drafted AS d
FULL JOIN in_force($known_at::TIMESTAMP) AS f ON f.project_folder = d.project_id
FULL JOIN refused AS r ON r.project_id = coalesce(d.project_id, f.project_folder)
LEFT JOIN without_effect AS w
    ON w.project_id = coalesce(d.project_id, f.project_folder, r.project_id)
ORDER BY project_id
