-- Grain: start or completion of the year, of $citizen or (null) of all. Key: event, citizen_id.
-- spells: the rows of forloeb that gave it, in order. amount_dkk: DKK.
WITH events AS (
    SELECT
        project_id, citizen_id, row_no, 'start' AS event, start_date AS day, start_dkk AS amount_dkk
    FROM draft_citizen_events
    WHERE draft_no = $draft_no AND project_id = $project_id::VARCHAR AND year(start_date) = $year
    UNION ALL
    SELECT project_id, citizen_id, row_no, 'completion', completion_date, completion_dkk
    FROM draft_citizen_events
    WHERE draft_no = $draft_no
      AND project_id = $project_id::VARCHAR
      AND year(completion_date) = $year
),

spells AS (
    SELECT
        s.citizen_row_no,
        s.event,
        list(
            {
                row: s.spell_row_no,
                forloeb_id: visible_id(c.forloeb_id),
                type: c.type,
                virksomhed_cvr: c.virksomhed_cvr,
                startdato: c.startdato,
                slutdato: c.slutdato
            }
            ORDER BY c.startdato, s.spell_row_no
        ) AS spells
    FROM draft_spells AS s
    JOIN core_spells AS c ON c.delivery_no = s.delivery_no AND c.row_no = s.spell_row_no
    WHERE s.draft_no = $draft_no AND s.delivery_no = $delivery_no::INTEGER
    GROUP BY s.citizen_row_no, s.event
)

SELECT
    e.event,
    visible_id(e.citizen_id) AS citizen_id,
    e.row_no AS row,
    e.day,
    e.amount_dkk,
    s.spells
FROM events AS e
LEFT JOIN spells AS s ON s.event = e.event AND s.citizen_row_no = e.row_no
WHERE $citizen::VARCHAR IS NULL OR visible_id(e.citizen_id) = $citizen::VARCHAR
ORDER BY e.event DESC, visible_id(e.citizen_id), e.row_no
