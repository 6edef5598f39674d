-- Grain: project of the draft $fingerprint, whose lead municipality a hearing letter goes to. Key:
-- project_id. is_decided: whether what the draft decides of it was posted. is_settled_before: null
-- in drafts made before hearings were kept.
SELECT
    p.project_id,
    p.lead_municipality,
    p.project_id IN (
        SELECT l.project_id FROM core_ledger AS l WHERE l.draft_fingerprint = $fingerprint
    ) AS is_decided,
    i.is_settled_before,
    i.gives_sha256
FROM core_drafts AS d
JOIN draft_projects AS p USING (draft_no)
LEFT JOIN draft_intended AS i ON i.draft_no = d.draft_no AND i.project_id = p.project_id
WHERE d.fingerprint = $fingerprint
ORDER BY p.project_id
