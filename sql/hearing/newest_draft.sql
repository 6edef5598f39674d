-- The newest draft of $year, and when one with its fingerprint was made first (UTC). One row, or
-- none.
SELECT
    n.fingerprint,
    f.first_at
FROM core_drafts AS n
JOIN (
    SELECT fingerprint, min(prepared_at) AS first_at FROM core_drafts GROUP BY fingerprint
) AS f USING (fingerprint)
WHERE n.year = $year
ORDER BY n.draft_no DESC
LIMIT 1
