-- Grain: project's settled year, and a draft that it was posted from, as known at $known_at. Key:
-- project_id, year, draft_fingerprint. posted_at: when it last was.
SELECT project_id, year, draft_fingerprint, max(posted_at) AS posted_at
FROM core_ledger
WHERE posted_at <= $known_at::TIMESTAMP
GROUP BY project_id, year, draft_fingerprint
ORDER BY year, project_id, posted_at
