-- Grain: project and year that can be explained. Key: both. is_known: also at $known_at.
SELECT
    p.project_id,
    d.year,
    min(d.prepared_at) <= $known_at::TIMESTAMP AS is_known
FROM core_drafts AS d
JOIN core_drafts AS f USING (fingerprint)
JOIN draft_projects AS p ON p.draft_no = f.draft_no
GROUP BY p.project_id, d.year
ORDER BY p.project_id, d.year
