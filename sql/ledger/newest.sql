-- Grain: one row. How many entries the warehouse holds, and the newest one's hash and moment (null:
-- there is none).
SELECT
    count(*) AS entries,
    max_by(sha256, number) AS newest_sha256,
    max_by(posted_at, number) AS newest_posted_at
FROM core_ledger
