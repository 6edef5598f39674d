-- Grain: entry of the ledger as of $as_known_at (UTC; null: now), of one $run (null: of all). Key:
-- number. In order.
SELECT
    number,
    run,
    project_id,
    year,
    component,
    kind,
    amount_dkk,
    text,
    waivers,
    draft_fingerprint,
    prepared_by,
    approved_by,
    posted_at,
    previous_sha256,
    sha256,
    approval,
    program
FROM core_ledger
WHERE
    ($as_known_at::TIMESTAMP IS NULL OR posted_at <= $as_known_at::TIMESTAMP)
    AND ($run::VARCHAR IS NULL OR run = $run::VARCHAR)
ORDER BY number
