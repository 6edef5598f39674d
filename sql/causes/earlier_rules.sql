-- Grain: version of the rules by which something explained was posted. Key: rules_sha256. contents:
-- of the rules file.
SELECT DISTINCT e.rules_sha256, k.contents
FROM run.explained AS e
JOIN core_known AS k ON k.name = $rules_name::VARCHAR AND sha256(k.contents) = e.rules_sha256
ORDER BY e.rules_sha256
