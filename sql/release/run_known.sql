-- The newest release run of $year at $known_at (UTC). One row, or none.
SELECT run
FROM core_ledger
WHERE year = $year AND posted_at <= $known_at::TIMESTAMP
ORDER BY number DESC
LIMIT 1
