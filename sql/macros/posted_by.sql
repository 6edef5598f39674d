-- Grain: project and year that the ledger has an entry of at a moment (UTC), entries from the draft
-- `but_draft` left out (null: of none). Key: both. In DKK; activity_dkk: of that component.
CREATE OR REPLACE MACRO posted_by(known_at, but_draft) AS TABLE
SELECT
    project_id,
    year,
    sum(amount_dkk) AS posted_dkk,
    coalesce(sum(amount_dkk) FILTER (WHERE component = 'activity'), 0) AS activity_dkk
FROM core_ledger
WHERE posted_at <= known_at AND draft_fingerprint IS DISTINCT FROM but_draft
GROUP BY project_id, year
