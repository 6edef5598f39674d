-- Grain: row of a list. Key: row_no. codes: the rules of $judged that reject it; none where it can
-- be drawn.
SELECT
    c.row_no,
    visible_id(c.borger_id) AS borger_id,
    coalesce(c.person, '') AS person,
    c.kommunekode,
    c.maalgruppe,
    c.gruppe,
    c.visitationsdato,
    coalesce(q.codes, []) AS codes
FROM core_citizens AS c
LEFT JOIN (
    SELECT row_no, list(code ORDER BY code) AS codes
    FROM run.quarantine
    WHERE action = 'reject' AND table_name = 'borgere' AND list_contains($judged::VARCHAR[], code)
    GROUP BY row_no
) AS q USING (row_no)
UNION ALL BY NAME
SELECT row_no, '' AS borger_id, '' AS person, ['R01'] AS codes
FROM core_ragged
ORDER BY row_no
