-- Grain: one row. How far the ledger reaches at $known_at, and what it holds, in DKK.
SELECT
    count(*) AS entries,
    max_by(sha256, number) AS newest_sha256,
    max(posted_at) AS newest_posted_at,
    coalesce(sum(amount_dkk), 0)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
WHERE posted_at <= $known_at::TIMESTAMP
