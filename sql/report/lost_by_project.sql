-- Grain: project with a rejected row. Key: project_id. row_count: its rejected rows, each once.
-- lost_dkk: what they would have given, had each alone counted, in DKK, without those whose amount
-- can't be computed (unreckoned_count). The dearest project first.
WITH rejected AS (
    SELECT DISTINCT p.project_id, q.table_name, q.delivery_no, q.row_no
    FROM run.quarantine AS q
    JOIN run.projects AS p USING (delivery_no)
    WHERE q.action = 'reject'
)

SELECT
    r.project_id,
    count(*) AS row_count,
    coalesce(sum(v.lost_dkk), 0)::DECIMAL(38, 2) AS lost_dkk,
    count(v.row_no) - count(v.lost_dkk) AS unreckoned_count
FROM rejected AS r
LEFT JOIN run.rejected_value AS v USING (table_name, delivery_no, row_no)
GROUP BY r.project_id
ORDER BY lost_dkk DESC, row_count DESC, r.project_id
