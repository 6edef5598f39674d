-- Grain: ledger entry of the year and the draft's projects (null: all) that the draft
-- $own_fingerprint has not posted itself; its hash, in order.
SELECT sha256
FROM core_ledger
WHERE year = $year
  AND posted_at <= $known_at::TIMESTAMP
  AND draft_fingerprint IS DISTINCT FROM $own_fingerprint::VARCHAR
  AND ($projects::VARCHAR[] IS NULL OR list_contains($projects::VARCHAR[], project_id))
ORDER BY number
