-- Grain: project of the register. Key: project_id. status: 'not_started' (it starts after the
-- settled year), 'missing' (no accepted delivery), 'hold' or 'ready'. holds: codes in order, the
-- portfolio's included; none is an empty list.
CREATE OR REPLACE VIEW run.project_status AS
WITH holds AS (
    SELECT project_id, list(code ORDER BY code) AS holds
    FROM run.holds
    GROUP BY project_id
)

SELECT
    f.project_id,
    CASE
        WHEN f.is_not_started THEN 'not_started'
        WHEN f.is_missing THEN 'missing'
        WHEN h.holds IS NOT NULL THEN 'hold'
        ELSE 'ready'
    END AS status,
    coalesce(h.holds, []) AS holds
FROM run.project_facts AS f
LEFT JOIN holds AS h USING (project_id)
