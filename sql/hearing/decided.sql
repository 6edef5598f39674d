-- Grain: project's settled year, and a draft that it was posted from, as known at $known_at. Key:
-- project_id, year, draft_fingerprint. posted_at: when it last was. Without the entries of the
-- release run $but_run (null: of none).
SELECT project_id, year, draft_fingerprint, max(posted_at) AS posted_at
FROM core_ledger
WHERE posted_at <= $known_at::TIMESTAMP AND run IS DISTINCT FROM $but_run::VARCHAR
GROUP BY project_id, year, draft_fingerprint
ORDER BY year, project_id, posted_at
