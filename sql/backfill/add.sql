-- Adds a backfill that begins.
INSERT INTO core_backfills BY NAME
SELECT
    coalesce(max(backfill_no), 0) + 1 AS backfill_no,
    $from_year::INTEGER AS from_year,
    $to_year::INTEGER AS to_year,
    $projects::VARCHAR[] AS projects,
    $reason::VARCHAR AS reason,
    $prepared_by::VARCHAR AS prepared_by,
    $started_at::TIMESTAMP AS started_at,
    $registrations_known_at::TIMESTAMP AS registrations_known_at,
    $plan::VARCHAR AS plan
FROM core_backfills
