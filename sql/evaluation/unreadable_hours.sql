-- Grain: the first record of the hours file that can't be read, one row or none. faulty: the
-- column, or 'row'.
SELECT
    row_no,
    CASE
        WHEN NOT is_whole THEN 'row'
        WHEN person IS NULL THEN 'cpr'
        WHEN month_first IS NULL THEN 'maaned'
        ELSE 'timer'
    END AS faulty
FROM worked_hours
WHERE NOT is_whole OR person IS NULL OR month_first IS NULL OR hours IS NULL
ORDER BY row_no
LIMIT 1
