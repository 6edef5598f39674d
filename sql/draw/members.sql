-- Grain: person drawn in project $project_id, by an entry that is there. Key: ref.
SELECT m.ref, m.person, m.stratum, m.gruppe, m.day, m.number
FROM core_draw_members AS m
SEMI JOIN core_draw AS d USING (project_id, number)
WHERE m.project_id = $project_id
ORDER BY m.ref
