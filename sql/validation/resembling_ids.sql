-- Grain: borger_id that is on no row of the delivery's borgere, and is like that of just one row
-- there. Key: delivery_no, borger_id. like_da, like_en: that one and its row, in parentheses. The
-- place in braces takes the rows that break a rule. What holds a CPR number (chr(31)) is like none.
CREATE OR REPLACE TEMP TABLE resembling_ids AS
WITH lost AS (
    SELECT DISTINCT
        delivery_no,
        borger_id,
        loosened(borger_id) AS loose,
        regexp_replace(borger_id, '[^1-9]', '', 'g') AS digits
    FROM {broken}
    ANTI JOIN run.citizens USING (delivery_no, borger_id)
    WHERE NOT contains(borger_id, chr(31))
),

-- Ids that are alike have the same digits but for zeros. To loosen these alone takes a fifth of the
-- time.
candidates AS MATERIALIZED (
    SELECT c.delivery_no, c.borger_id, c.row_no
    FROM run.citizens AS c
    SEMI JOIN lost AS l
        ON l.delivery_no = c.delivery_no
        AND l.digits = regexp_replace(c.borger_id, '[^1-9]', '', 'g')
    WHERE NOT contains(c.borger_id, chr(31))
),

there AS (
    SELECT delivery_no, loosened(borger_id) AS loose, min(borger_id) AS id, min(row_no) AS row_no
    FROM candidates
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
