-- Grain: project, other year than $settled_year, component, lead municipality that it was posted to
-- (null: no draft remembers it). Key: all four. What the ledger held at $known_at, in DKK.
CREATE OR REPLACE TABLE run.other_years_posted AS
SELECT
    l.project_id,
    l.year,
    l.component,
    sum(l.amount_dkk)::DECIMAL(18, 2) AS posted_dkk,
    d.lead_municipality
FROM core_ledger AS l
LEFT JOIN leads_of_drafts() AS d USING (draft_fingerprint, project_id)
WHERE l.year <> $settled_year AND l.posted_at <= $known_at::TIMESTAMP
GROUP BY l.project_id, l.year, l.component, d.lead_municipality
