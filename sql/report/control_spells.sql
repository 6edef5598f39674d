-- Grain: project with an accepted control. Key: project_id. Accepted spells of accepted controls:
-- all, of a type that would count for a participant, and how many controls have one of these.
WITH of_citizen AS (
    SELECT
        s.delivery_no,
        s.borger_id,
        count(*) AS spells,
        count(*) FILTER (WHERE t.is_qualifying) AS qualifying_spells
    FROM run.accepted_spells AS s
    LEFT JOIN run.spell_types AS t USING (type)
    GROUP BY s.delivery_no, s.borger_id
)

SELECT
    c.project_id,
    count(*) AS controls,
    count(*) FILTER (WHERE s.qualifying_spells > 0) AS controls_with_qualifying,
    count(*) FILTER (WHERE s.qualifying_spells > 0) / count(*) AS active_share,
    coalesce(sum(s.spells), 0)::BIGINT AS spells,
    coalesce(sum(s.qualifying_spells), 0)::BIGINT AS qualifying_spells
FROM run.accepted_citizens AS c
LEFT JOIN of_citizen AS s USING (delivery_no, borger_id)
WHERE c.arm = 'control'
GROUP BY c.project_id
ORDER BY c.project_id
