-- Grain: the first record of the hours file whose person and month stand on an earlier one too,
-- one row or none.
SELECT
    max(row_no) AS row_no,
    min(row_no) AS earlier_row_no
FROM worked_hours
GROUP BY person, month_first
HAVING count(*) > 1
ORDER BY row_no
LIMIT 1
