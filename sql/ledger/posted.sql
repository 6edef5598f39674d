-- What the ledger held at $as_known_at (UTC; null: now). One row a project, year and component that has an entry.
SELECT
    project_id,
    year,
    component,
    sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
WHERE $as_known_at::TIMESTAMP IS NULL OR posted_at <= $as_known_at::TIMESTAMP
GROUP BY project_id, year, component
ORDER BY project_id, year, component
