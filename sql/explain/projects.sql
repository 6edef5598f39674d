-- Grain: project and year that can be explained.
SELECT DISTINCT p.project_id, d.year
FROM core_drafts AS d
JOIN core_drafts AS f USING (fingerprint)
JOIN draft_projects AS p ON p.draft_no = f.draft_no
WHERE d.prepared_at <= $known_at::TIMESTAMP
ORDER BY p.project_id, d.year
