-- Grain: registration behind a cause. Key: position, subject, key. delivery: the folder or archive
-- of the delivery, and row its row there, then and now (null: it has no such row). Amounts in DKK.
SELECT
    r.position,
    r.subject,
    visible_id(r.key) AS key,
    b.as_of_folder AS earlier_delivery,
    b.content_sha256 AS earlier_sha256,
    r.earlier_row_no AS earlier_row,
    r.earlier_day,
    r.earlier_dkk,
    a.as_of_folder AS delivery,
    a.content_sha256 AS sha256,
    r.row_no AS row,
    r.day,
    r.now_dkk
FROM draft_cause_rows AS r
LEFT JOIN core_deliveries AS b ON b.delivery_no = r.earlier_delivery_no
LEFT JOIN core_deliveries AS a ON a.delivery_no = r.delivery_no
WHERE r.draft_no = $draft_no AND r.project_id = $project_id::VARCHAR AND r.year = $year
ORDER BY r.position, r.subject DESC, visible_id(r.key), r.row_no, r.earlier_row_no
