-- Grain: project, other year than $settled_year, component, lead municipality that it was posted to
-- (null: no draft remembers it). Key: all four. What the ledger held at $known_at, in DKK.
CREATE OR REPLACE TABLE run.other_years_posted AS
SELECT project_id, year, component, posted_dkk, lead_municipality
FROM posted_to_leads($known_at::TIMESTAMP, NULL)
WHERE year <> $settled_year
