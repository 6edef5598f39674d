-- Grain: borger_id that is on no row of the delivery's borgere, and is like that of just one row
-- there. Key: delivery_no, borger_id. like_da, like_en: that one and its row, in parentheses. The
-- place in braces takes the rows that break a rule. What holds a CPR number (chr(31)) is like none.
CREATE OR REPLACE TEMP TABLE resembling_ids AS
WITH lost AS (
    SELECT DISTINCT delivery_no, borger_id, loosened(borger_id) AS loose
    FROM {broken}
    ANTI JOIN run.citizens USING (delivery_no, borger_id)
    WHERE NOT contains(borger_id, chr(31))
),

there AS (
    SELECT delivery_no, loosened(borger_id) AS loose, min(borger_id) AS id, min(row_no) AS row_no
    FROM run.citizens
    WHERE
        NOT contains(borger_id, chr(31))
        AND delivery_no IN (SELECT delivery_no FROM lost)
    GROUP BY ALL
    HAVING count(*) = 1
)

SELECT
    delivery_no,
    l.borger_id,
    ' (ligner "' || t.id || '" i række ' || t.row_no || ' af borgere)' AS like_da,
    ' (is like "' || t.id || '" in row ' || t.row_no || ' of borgere)' AS like_en
FROM lost AS l
JOIN there AS t USING (delivery_no, loose)
WHERE loose <> ''
