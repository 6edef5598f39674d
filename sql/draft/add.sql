-- Adds a draft.
INSERT INTO core_drafts
SELECT
    coalesce(max(draft_no), 0) + 1,
    $year::INTEGER,
    $fingerprint::VARCHAR,
    $parts::VARCHAR,
    $prepared_by::VARCHAR,
    $prepared_at::TIMESTAMP
FROM core_drafts
