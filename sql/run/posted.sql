-- Grain: project, year, component, lead municipality that it was posted to (null: no draft
-- remembers it). Key: all four. posted_dkk: what the ledger held at $known_at, in DKK, less what
-- the draft $own_fingerprint itself has posted (null: nothing).
CREATE OR REPLACE TABLE run.posted AS
SELECT project_id, year, component, posted_dkk, lead_municipality
FROM posted_to_leads($known_at::TIMESTAMP, $own_fingerprint::VARCHAR)
