-- Grain: row of forloeb with the id $citizen in the draft's delivery. Key: row. gave: the events
-- that rest on it; codes: the rules that reject it.
WITH events AS (
    SELECT spell_row_no, list(event ORDER BY event DESC) AS gave
    FROM draft_spells
    WHERE draft_no = $draft_no AND delivery_no = $delivery_no::INTEGER
    GROUP BY spell_row_no
),

rejected AS (
    SELECT row_no, list(code ORDER BY code) AS codes
    FROM draft_rejected
    WHERE draft_no = $draft_no AND delivery_no = $delivery_no::INTEGER AND table_name = 'forloeb'
    GROUP BY row_no
)

SELECT
    s.row_no AS row,
    visible_id(s.forloeb_id) AS forloeb_id,
    s.type,
    s.virksomhed_cvr,
    s.startdato,
    s.slutdato,
    coalesce(e.gave, []) AS gave,
    coalesce(r.codes, []) AS codes
FROM core_spells AS s
LEFT JOIN events AS e ON e.spell_row_no = s.row_no
LEFT JOIN rejected AS r ON r.row_no = s.row_no
WHERE s.delivery_no = $delivery_no::INTEGER AND visible_id(s.borger_id) = $citizen::VARCHAR
ORDER BY s.startdato, s.row_no
