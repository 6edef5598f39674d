-- Grain: rule whose count or action is another at $after than at $before. Key: code.
SELECT
    code,
    b.action AS action_base,
    a.action AS action_whatif,
    coalesce(b.found, 0) AS base,
    coalesce(a.found, 0) AS whatif
FROM (SELECT * FROM run.stage_rules WHERE stage = $before::VARCHAR) AS b
FULL JOIN (SELECT * FROM run.stage_rules WHERE stage = $after::VARCHAR) AS a USING (code)
WHERE (b.found, b.action) IS DISTINCT FROM (a.found, a.action)
ORDER BY code
