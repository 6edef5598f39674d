-- Grain: accepted citizen.
SELECT c.project_id, c.borger_id, c.as_of, c.is_participant, c.target_group, s.start_date, e.completion_date
FROM {{ ref('known_citizens') }} AS c
LEFT JOIN (
    SELECT project_id, borger_id, min(first_day) AS start_date FROM {{ ref('spells') }} GROUP BY ALL
) AS s ON s.project_id = c.project_id AND s.borger_id = c.borger_id
LEFT JOIN {{ ref('completions') }} AS e ON e.project_id = c.project_id AND e.borger_id = c.borger_id
WHERE NOT c.is_rejected
