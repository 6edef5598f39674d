-- Grain: spell of a citizen behind a cause that differs between the two deliveries and began by the
-- year's end. Key: citizen_id, forloeb_id. earlier, now: null where the delivery has no such spell.
WITH citizens AS (
    SELECT DISTINCT key, earlier_delivery_no, delivery_no
    FROM draft_cause_rows
    WHERE draft_no = $draft_no
      AND project_id = $project_id::VARCHAR
      AND year = $year
      AND subject <> 'wages'
),

earlier AS (
    SELECT c.key, s.*
    FROM citizens AS c
    JOIN core_spells AS s ON s.delivery_no = c.earlier_delivery_no AND s.borger_id = c.key
),

later AS (
    SELECT c.key, s.*
    FROM citizens AS c
    JOIN core_spells AS s ON s.delivery_no = c.delivery_no AND s.borger_id = c.key
)

SELECT
    visible_id(key) AS citizen_id,
    visible_id(forloeb_id) AS forloeb_id,
    CASE WHEN b.row_no IS NOT NULL THEN {
        row: b.row_no,
        type: b.type,
        virksomhed_cvr: b.virksomhed_cvr,
        startdato: b.startdato,
        slutdato: b.slutdato
    } END AS earlier,
    CASE WHEN a.row_no IS NOT NULL THEN {
        row: a.row_no,
        type: a.type,
        virksomhed_cvr: a.virksomhed_cvr,
        startdato: a.startdato,
        slutdato: a.slutdato
    } END AS now
FROM earlier AS b
FULL JOIN later AS a USING (key, forloeb_id)
WHERE least(b.startdato, a.startdato) <= make_date($year, 12, 31)
  AND (b.type, b.virksomhed_cvr, b.startdato, b.slutdato) IS DISTINCT FROM
      (a.type, a.virksomhed_cvr, a.startdato, a.slutdato)
ORDER BY citizen_id, forloeb_id, b.row_no, a.row_no
