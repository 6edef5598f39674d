-- Grain: project with an accepted delivery. Key: project_id. Rows received and rejected, each table
-- by itself and together, with the share above which the project is held. reasons: rules, the most
-- frequent first: 'S04 (12), C09 (3)'; <table>_reasons: those of a table.
WITH by_table AS (
    SELECT p.project_id, q.table_name, q.code, count(*) AS row_count
    FROM run.quarantine AS q
    JOIN run.projects AS p USING (delivery_no)
    WHERE q.action = 'reject'
    GROUP BY ALL
),

listed AS (
    SELECT
        project_id,
        coalesce(table_name, '') AS table_name,
        string_agg(code || ' (' || row_count || ')', ', ' ORDER BY row_count DESC, code) AS reasons
    FROM (
        SELECT project_id, table_name, code, sum(row_count) AS row_count
        FROM by_table
        GROUP BY GROUPING SETS ((project_id, table_name, code), (project_id, code))
    )
    GROUP BY project_id, table_name
),

reasons AS (
    SELECT
        project_id,
        any_value(reasons) FILTER (WHERE table_name = '') AS reasons,
        any_value(reasons) FILTER (WHERE table_name = 'borgere') AS borgere_reasons,
        any_value(reasons) FILTER (WHERE table_name = 'forloeb') AS forloeb_reasons,
        any_value(reasons) FILTER (WHERE table_name = 'udgifter') AS udgifter_reasons
    FROM listed
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
    coalesce(r.reasons, '') AS reasons,
    coalesce(r.borgere_reasons, '') AS borgere_reasons,
    coalesce(r.forloeb_reasons, '') AS forloeb_reasons,
    coalesce(r.udgifter_reasons, '') AS udgifter_reasons
FROM run.project_facts AS f
LEFT JOIN reasons AS r USING (project_id)
WHERE NOT f.is_missing
ORDER BY f.project_id
