-- Grain: project with an accepted control. Key: project_id. Accepted spells of accepted controls:
-- all, of a type that would count for a participant, and how many controls have one of these.
SELECT
    c.project_id,
    count(DISTINCT c.row_no) AS controls,
    count(DISTINCT c.row_no) FILTER (WHERE t.is_qualifying) AS controls_with_qualifying,
    count(DISTINCT c.row_no) FILTER (WHERE t.is_qualifying)
    / count(DISTINCT c.row_no) AS active_share,
    count(s.row_no) AS spells,
    count(s.row_no) FILTER (WHERE t.is_qualifying) AS qualifying_spells
FROM run.accepted_citizens AS c
LEFT JOIN run.accepted_spells AS s USING (delivery_no, borger_id)
LEFT JOIN run.spell_types AS t USING (type)
WHERE c.arm = 'control'
GROUP BY c.project_id
ORDER BY c.project_id
