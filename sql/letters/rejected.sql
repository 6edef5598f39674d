-- Grain: project, table, rule that rejects rows; code '' sums the project's distinct rejected rows.
-- Key: all three. In the order of what the rows would have triggered (lost_dkk). A row that breaks
-- several rules counts under each. unreckoned_count: rows whose amount can't be computed, and is
-- not in the sum.
WITH rejected AS (
    SELECT
        p.project_id,
        q.table_name,
        q.delivery_no,
        q.row_no,
        q.code,
        v.lost_dkk
    FROM run.quarantine AS q
    JOIN run.projects AS p USING (delivery_no)
    JOIN run.rejected_value AS v USING (table_name, delivery_no, row_no)
    WHERE q.action = 'reject'
),

distinct_rows AS (
    SELECT DISTINCT project_id, table_name, delivery_no, row_no, lost_dkk FROM rejected
)

SELECT
    project_id,
    table_name,
    code,
    count(*) AS row_count,
    count(*) - count(lost_dkk) AS unreckoned_count,
    coalesce(sum(lost_dkk), 0)::DECIMAL(38, 2) AS lost_dkk
FROM rejected
GROUP BY project_id, table_name, code
UNION ALL
SELECT
    project_id,
    '',
    '',
    count(*),
    count(*) - count(lost_dkk),
    coalesce(sum(lost_dkk), 0)::DECIMAL(38, 2)
FROM distinct_rows
GROUP BY project_id
ORDER BY project_id, lost_dkk DESC, unreckoned_count DESC, table_name, code
