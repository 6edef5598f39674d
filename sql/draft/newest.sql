-- Grain: the newest draft of $year; none where there is no draft.
SELECT fingerprint, registrations_known_at
FROM core_drafts
WHERE year = $year
ORDER BY draft_no DESC
LIMIT 1
