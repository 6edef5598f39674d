-- Grain: row of control totals. received: the rows of the table that were read (null where the
-- delivery has no such table); antal: the rows that it states (null where unreadable). beloeb: the
-- sum of the readable amounts in DKK; sum_beloeb: the sum that it states (null where unreadable);
-- both null for a table without amounts. *_written: the cell. Reads control (frame).
WITH sums AS (
    SELECT delivery_no, sum(beloeb) AS beloeb
    FROM core_expenses
    GROUP BY delivery_no
)

SELECT
    c.delivery_no,
    c.tabel_place,
    c.antal_place,
    c.sum_place,
    masked(c.tabel) AS tabel,
    folded(c.tabel) AS table_name,
    n.received,
    CASE WHEN regexp_full_match(masked_amount(c.antal), '[0-9]{1,15}') THEN c.antal::BIGINT END
        AS antal,
    CASE WHEN n.table_name = $amount_table THEN coalesce(s.beloeb, 0)::DECIMAL(38, 2) END AS beloeb,
    CASE WHEN n.table_name = $amount_table THEN as_amount(without_unit(c.sum_beloeb)) END
        AS sum_beloeb,
    masked_amount(c.antal) AS antal_written,
    masked_amount(c.sum_beloeb) AS sum_written
FROM control AS c
LEFT JOIN core_row_counts AS n ON n.delivery_no = c.delivery_no AND n.table_name = folded(c.tabel)
LEFT JOIN sums AS s ON s.delivery_no = c.delivery_no
ORDER BY c.delivery_no, c.tabel, c.antal_place
