-- Adds a row for each table of a delivery in force: what was received, and what became of it.
INSERT INTO run.reconciliations
WITH kept AS (
    SELECT 'borgere' AS table_name, delivery_no, row_no FROM run.citizens
    UNION ALL
    SELECT 'forloeb', delivery_no, row_no FROM run.spells
    UNION ALL
    SELECT 'udgifter', delivery_no, row_no FROM run.expenses
),

accepted AS (
    SELECT k.table_name, k.delivery_no, count(*) AS accepted
    FROM kept AS k
    ANTI JOIN run.rejected_rows USING (table_name, delivery_no, row_no)
    GROUP BY k.table_name, k.delivery_no
),

rejected AS (
    SELECT table_name, delivery_no, count(*) AS rejected
    FROM run.rejected_rows
    GROUP BY table_name, delivery_no
)

SELECT
    'received = accepted + rejected',
    concat_ws(' ', p.project_id, p.as_of_date, c.table_name),
    'rows',
    c.received,
    coalesce(a.accepted, 0) + coalesce(j.rejected, 0)
FROM core_row_counts AS c
JOIN run.projects AS p USING (delivery_no)
LEFT JOIN accepted AS a USING (delivery_no, table_name)
LEFT JOIN rejected AS j USING (delivery_no, table_name)
-- The activities give no money, and are reconciled with nothing.
WHERE c.table_name <> 'grundelementer'
ORDER BY ALL
