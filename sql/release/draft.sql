-- The draft $fingerprint that was the newest of its year when it was released at $posted_at (UTC),
-- as in newest_draft: another with the same fingerprint may be made from another moment's state.
-- One row, or none.
SELECT parts, prepared_by, prepared_at, registrations_known_at, prepared_as
FROM core_drafts
WHERE fingerprint = $fingerprint AND prepared_at <= $posted_at::TIMESTAMP
ORDER BY draft_no DESC
LIMIT 1
