-- Grain: ledger entry of the project's year as known at $known_at. Key: number. amount_dkk: DKK.
SELECT number, component, kind, amount_dkk, draft_fingerprint, prepared_by, approved_by, posted_at
FROM core_ledger
WHERE project_id = $project_id::VARCHAR AND year = $year AND posted_at <= $known_at::TIMESTAMP
ORDER BY number
