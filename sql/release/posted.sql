-- Grain: project, year and component that the ledger holds at $known_at (UTC; null: now). Key: all
-- three. Amounts in DKK.
SELECT project_id, year, component, sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
WHERE $known_at::TIMESTAMP IS NULL OR posted_at <= $known_at::TIMESTAMP
GROUP BY project_id, year, component
ORDER BY project_id, year, component
