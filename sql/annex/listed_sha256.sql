-- Grain: project. Key: project_id. A hash over all that a list of an annex has of it. The place in
-- braces takes the list's statement.
SELECT project_id, sha256(string_agg(row_text, chr(10) ORDER BY row_text)) AS listed_sha256
FROM (SELECT listed.project_id, to_json(listed)::VARCHAR AS row_text FROM ({listed}) AS listed)
GROUP BY project_id
