-- Grain: the newest draft of $year; none where there is no draft. Columns as in core_drafts.
-- first_at: when one with its fingerprint was made first (UTC).
SELECT *, min(prepared_at) OVER (PARTITION BY fingerprint) AS first_at
FROM core_drafts
WHERE year = $year
ORDER BY draft_no DESC
LIMIT 1
