-- Grain: project, year, component, lead municipality that it was posted to (null: no draft
-- remembers it). Key: all four. posted_dkk: what the ledger held at $known_at, in DKK, less what
-- the draft $own_fingerprint itself has posted (null: nothing).
CREATE OR REPLACE TABLE run.posted AS
SELECT
    l.project_id,
    l.year,
    l.component,
    sum(l.amount_dkk)::DECIMAL(18, 2) AS posted_dkk,
    d.lead_municipality
FROM core_ledger AS l
LEFT JOIN leads_of_drafts() AS d USING (draft_fingerprint, project_id)
WHERE l.posted_at <= $known_at::TIMESTAMP
  AND l.draft_fingerprint IS DISTINCT FROM $own_fingerprint::VARCHAR
GROUP BY l.project_id, l.year, l.component, d.lead_municipality
