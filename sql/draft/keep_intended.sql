-- Adds what the draft $fingerprint intends to decide, where no draft with that fingerprint has it.
INSERT INTO draft_intended BY NAME
WITH first_draft AS (
    SELECT min(draft_no) AS draft_no FROM core_drafts WHERE fingerprint = $fingerprint
)

SELECT d.draft_no, i.project_id, i.is_settled_before, i.burdens, i.gives_sha256
FROM run.intended AS i
CROSS JOIN first_draft AS d
WHERE d.draft_no NOT IN (SELECT k.draft_no FROM draft_intended AS k)
