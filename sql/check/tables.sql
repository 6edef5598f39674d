-- Grain: table of the delivery. Key: table_name. received: rows that are not wholly blank. costly:
-- rejected rows that would add something if each alone counted; lost_dkk: the sum of that in DKK;
-- unreckoned: rows for which that can't be computed.
WITH rejected_rows AS (
    SELECT table_name, row_no FROM run.rejected_rows
    UNION ALL
    SELECT DISTINCT 'grundelementer', row_no FROM run.element_quarantine WHERE action = 'reject'
),

rejected AS (
    SELECT
        q.table_name,
        count(*) AS rejected,
        count(*) FILTER (WHERE v.lost_dkk > 0) AS costly,
        sum(v.lost_dkk) AS lost_dkk,
        count(v.row_no) - count(v.lost_dkk) AS unreckoned
    FROM rejected_rows AS q
    LEFT JOIN run.rejected_value AS v USING (table_name, row_no)
    GROUP BY q.table_name
)

SELECT
    c.table_name,
    c.received,
    coalesce(r.rejected, 0) AS rejected,
    coalesce(r.costly, 0) AS costly,
    coalesce(r.lost_dkk, 0)::DECIMAL(38, 2) AS lost_dkk,
    coalesce(r.unreckoned, 0) AS unreckoned
FROM core_row_counts AS c
LEFT JOIN rejected AS r USING (table_name)
-- The delivery that is checked was received last; the one before, where it was given, has rows here
-- too.
WHERE c.delivery_no = (SELECT max(delivery_no) FROM core_deliveries)
ORDER BY c.table_name
