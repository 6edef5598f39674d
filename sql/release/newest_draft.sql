-- The newest draft of $year. One row, or none.
SELECT fingerprint, parts, prepared_by
FROM core_drafts
WHERE year = $year
ORDER BY draft_no DESC
LIMIT 1
