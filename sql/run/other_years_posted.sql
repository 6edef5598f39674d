-- Grain: project, other year than $settled_year, component. Key: project_id, year, component. What
-- the ledger held at $known_at, in DKK.
CREATE OR REPLACE TABLE run.other_years_posted AS
SELECT project_id, year, component, sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
WHERE year <> $settled_year AND posted_at <= $known_at::TIMESTAMP
GROUP BY project_id, year, component
