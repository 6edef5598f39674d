-- Grain: project that the ledger holds money for at $known_at, and that the newest draft of all of
-- the register does not have. Key: project_id. Amounts in DKK. None where there is no such draft.
WITH newest AS (
    SELECT fingerprint FROM newest_draft_of_all($known_at::TIMESTAMP)
),

registered AS (
    SELECT p.project_id
    FROM newest AS n
    JOIN core_drafts AS d USING (fingerprint)
    JOIN draft_projects AS p USING (draft_no)
)

SELECT l.project_id, sum(l.amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger AS l
CROSS JOIN newest
ANTI JOIN registered AS r ON r.project_id = l.project_id
WHERE l.posted_at <= $known_at::TIMESTAMP
GROUP BY l.project_id
HAVING sum(l.amount_dkk) <> 0
ORDER BY l.project_id
