-- Grain: row, rule that it breaks. lost_dkk: DKK that the row would add if it alone of the
-- rejected ones counted; null where that can't be computed. is_odd: the row does not seem to belong
-- to the table.
SELECT
    v.table_name,
    v.code,
    v.row_no,
    v.key,
    v.message_da,
    v.message_en,
    CASE WHEN r.row_no IS NULL THEN 0 ELSE r.lost_dkk END::DECIMAL(18, 2) AS lost_dkk,
    v.severity = 'reject' AND o.row_no IS NOT NULL AS is_odd
FROM run.violations AS v
LEFT JOIN run.odd_rows AS o ON o.table_name = v.table_name AND o.row_no = v.row_no
LEFT JOIN run.rejected_value AS r
    ON v.severity = 'reject' AND r.table_name = v.table_name AND r.row_no = v.row_no
WHERE v.row_no IS NOT NULL
ORDER BY v.table_name, v.code, v.row_no
