-- Takes up entries of project $project_id from $lines of its file.
INSERT INTO core_draw BY NAME
SELECT
    $project_id AS project_id,
    (line->>'$.number')::INTEGER AS number,
    line->>'$.kind' AS kind,
    (line->>'$.at')::TIMESTAMP AS written_at,
    line,
    line->>'$.sha256' AS sha256
FROM (SELECT unnest($lines::VARCHAR[]) AS line)
