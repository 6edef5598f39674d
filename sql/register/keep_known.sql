-- Adds a row where $contents are not what was last seen under $name.
INSERT INTO core_known
SELECT
    coalesce(max(known_no), 0) + 1,
    $name::VARCHAR,
    $first_seen_at::TIMESTAMP,
    $contents::BLOB
FROM core_known
HAVING arg_max(contents, known_no) FILTER (
    WHERE name = $name::VARCHAR
) IS DISTINCT FROM $contents::BLOB
