-- Grain: project that rows hold, rule that they break, their table. Key: all three. row_count: how
-- many rows; first_rows: the numbers of the first five; more_count: how many come after them.
CREATE OR REPLACE VIEW run.row_holds AS
SELECT
    p.project_id,
    q.code,
    q.table_name,
    count(*) AS row_count,
    list(q.row_no ORDER BY q.row_no)[:5] AS first_rows,
    greatest(count(*) - 5, 0) AS more_count
FROM run.quarantine AS q
JOIN run.projects AS p USING (delivery_no)
WHERE q.action = 'hold'
GROUP BY p.project_id, q.code, q.table_name
