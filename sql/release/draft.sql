-- The draft $fingerprint, as in newest_draft. Where it was made several times, each rests on the same. One row, or none.
SELECT parts, prepared_by, registrations_known_at
FROM core_drafts
WHERE fingerprint = $fingerprint
ORDER BY draft_no
LIMIT 1
