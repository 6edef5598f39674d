-- Grain: name. Its contents as known at $known_at.
SELECT name, arg_max(contents, known_no)
FROM core_known
WHERE first_seen_at <= $known_at::TIMESTAMP
GROUP BY name
ORDER BY name
