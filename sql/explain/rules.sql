-- Grain: one row. The contents of the rules with the hash $sha256, and when they were first seen
-- (UTC).
SELECT contents, first_seen_at
FROM core_known
WHERE name = $name::VARCHAR AND sha256(contents) = $sha256::VARCHAR
ORDER BY known_no
LIMIT 1
