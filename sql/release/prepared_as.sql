-- The account that prepared the newest draft with the fingerprint $fingerprint. One row, or none.
SELECT prepared_as
FROM core_drafts
WHERE fingerprint = $fingerprint
ORDER BY draft_no DESC
LIMIT 1
