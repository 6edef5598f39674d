-- Grain: project, year, component, lead municipality that it was posted to (null: no draft
-- remembers it). Key: all four. What the ledger held at a moment (UTC), in DKK, less what the draft
-- `but_draft` itself has posted (null: nothing).
CREATE OR REPLACE MACRO posted_to_leads(known_at, but_draft) AS TABLE
SELECT
    l.project_id,
    l.year,
    l.component,
    sum(l.amount_dkk)::DECIMAL(18, 2) AS posted_dkk,
    d.lead_municipality
FROM core_ledger AS l
LEFT JOIN leads_of_drafts() AS d USING (draft_fingerprint, project_id)
WHERE l.posted_at <= known_at AND l.draft_fingerprint IS DISTINCT FROM but_draft
GROUP BY l.project_id, l.year, l.component, d.lead_municipality
