-- Grain: the newest draft of $year as known at $known_at that covers $project_id; none where there
-- is no such draft. remembered_no: the draft under which its contents are kept. rules_sha256: the
-- version of the rules.
SELECT
    d.draft_no,
    p.draft_no AS remembered_no,
    d.fingerprint,
    d.prepared_by,
    d.prepared_at,
    d.registrations_known_at,
    d.parts ->> 'rules' AS rules_sha256
FROM core_drafts AS d
JOIN core_drafts AS f USING (fingerprint)
JOIN draft_projects AS p ON p.draft_no = f.draft_no AND p.project_id = $project_id::VARCHAR
WHERE d.year = $year AND d.prepared_at <= $known_at::TIMESTAMP
ORDER BY d.draft_no DESC
LIMIT 1
