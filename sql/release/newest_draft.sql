-- The newest draft of $year: what its fingerprint is made of, who prepared it and when (UTC), and
-- the earlier moment (UTC) that it was made from (null: when it was made). One row, or none.
SELECT parts, prepared_by, prepared_at, registrations_known_at, prepared_as
FROM core_drafts
WHERE year = $year
ORDER BY draft_no DESC
LIMIT 1
