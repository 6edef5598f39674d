-- Grain: project, year, component. Key: all three. posted_dkk: what the ledger held at $known_at,
-- in DKK, less what the draft $own_fingerprint itself has posted (null: nothing).
CREATE OR REPLACE TABLE run.posted AS
SELECT project_id, year, component, sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
WHERE posted_at <= $known_at::TIMESTAMP
  AND draft_fingerprint IS DISTINCT FROM $own_fingerprint::VARCHAR
GROUP BY project_id, year, component
