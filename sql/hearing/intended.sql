-- Grain: project of the draft $fingerprint, whose lead municipality a hearing letter goes to. Key:
-- project_id. is_decided: whether what the draft decides of it was posted. is_settled_before: null
-- in drafts made before hearings were kept. first_at: when a draft of the year first gave the
-- project the same (UTC).
SELECT
    p.project_id,
    p.lead_municipality,
    p.project_id IN (
        SELECT l.project_id FROM core_ledger AS l WHERE l.draft_fingerprint = $fingerprint
    ) AS is_decided,
    i.is_settled_before,
    i.gives_sha256,
    (
        SELECT min(f.prepared_at)
        FROM draft_intended AS s
        JOIN core_drafts AS f USING (draft_no)
        WHERE f.year = d.year
          AND s.project_id = p.project_id
          AND s.gives_sha256 = i.gives_sha256
    ) AS first_at
FROM core_drafts AS d
JOIN draft_projects AS p USING (draft_no)
LEFT JOIN draft_intended AS i ON i.draft_no = d.draft_no AND i.project_id = p.project_id
WHERE d.fingerprint = $fingerprint
ORDER BY p.project_id
