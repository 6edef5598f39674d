-- Takes up entries of the record of hearings from $lines of its file.
INSERT INTO core_hearing BY NAME
SELECT
    (line->>'$.number')::INTEGER AS number,
    line->>'$.kind' AS kind,
    line->>'$.project_id' AS project_id,
    (line->>'$.year')::INTEGER AS year,
    (line->>'$.at')::TIMESTAMP AS written_at,
    line,
    line->>'$.sha256' AS sha256
FROM (SELECT unnest($lines::VARCHAR[]) AS line)
