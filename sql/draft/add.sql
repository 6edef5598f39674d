-- Adds a draft.
INSERT INTO core_drafts BY NAME
SELECT
    coalesce(max(draft_no), 0) + 1 AS draft_no,
    $year::INTEGER AS year,
    $fingerprint::VARCHAR AS fingerprint,
    $parts::VARCHAR AS parts,
    $prepared_by::VARCHAR AS prepared_by,
    $prepared_at::TIMESTAMP AS prepared_at,
    $projects::VARCHAR[] AS projects,
    $registrations_known_at::TIMESTAMP AS registrations_known_at,
    $prepared_as::VARCHAR AS prepared_as
FROM core_drafts
