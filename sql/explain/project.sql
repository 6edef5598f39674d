-- Grain: the project in the draft. Its terms, and its delivery in force (null: missing). Amounts in
-- DKK.
SELECT
    p.* EXCLUDE (draft_no, project_id),
    d.as_of_date,
    d.as_of_folder,
    d.content_sha256,
    r.received_at
FROM draft_projects AS p
LEFT JOIN core_deliveries AS d USING (delivery_no)
LEFT JOIN core_receipts AS r USING (receipt_no)
WHERE p.draft_no = $draft_no AND p.project_id = $project_id::VARCHAR
