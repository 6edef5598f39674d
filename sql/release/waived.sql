-- Grain: project, hold that was waived when the draft $fingerprint was released. Key: both. The
-- ledger names a hold of the portfolio by its code alone.
SELECT DISTINCT project_id, waiver.code
FROM (
    SELECT project_id, unnest(waivers) AS waiver
    FROM core_ledger
    WHERE draft_fingerprint = $fingerprint
)
