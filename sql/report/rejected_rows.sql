-- Grain: project with an accepted delivery. Key: project_id. Rows received and rejected, each table
-- by itself and together, with the share above which the project is held. reasons: rules, the most
-- frequent first: 'S04 (12), C09 (3)'.
WITH by_code AS (
    SELECT p.project_id, q.code, count(*) AS row_count
    FROM run.quarantine AS q
    JOIN run.projects AS p USING (delivery_no)
    WHERE q.action = 'reject'
    GROUP BY p.project_id, q.code
),

reasons AS (
    SELECT
        project_id,
        string_agg(code || ' (' || row_count || ')', ', ' ORDER BY row_count DESC, code) AS reasons
    FROM by_code
    GROUP BY project_id
)

SELECT
    f.project_id,
    f.borgere_received,
    f.borgere_rejected,
    f.forloeb_received,
    f.forloeb_rejected,
    f.udgifter_received,
    f.udgifter_rejected,
    f.borgere_received + f.forloeb_received + f.udgifter_received AS received,
    f.borgere_rejected + f.forloeb_rejected + f.udgifter_rejected AS rejected,
    f.hold_rejected_share,
    coalesce(r.reasons, '') AS reasons
FROM run.project_facts AS f
LEFT JOIN reasons AS r USING (project_id)
WHERE NOT f.is_missing
ORDER BY f.project_id
