-- Grain: draft (by fingerprint), project that it covers. Key: draft_fingerprint, project_id. The
-- lead municipality, to which the draft's amounts are posted.
CREATE OR REPLACE MACRO leads_of_drafts() AS TABLE
SELECT
    d.fingerprint AS draft_fingerprint,
    p.project_id,
    any_value(p.lead_municipality) AS lead_municipality
FROM core_drafts AS d
JOIN draft_projects AS p USING (draft_no)
GROUP BY d.fingerprint, p.project_id
