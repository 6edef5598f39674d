-- Grain: person of $persons who was drawn in another project than $project_id. Key: person.
SELECT DISTINCT m.person
FROM core_draw_members AS m
SEMI JOIN core_draw AS d USING (project_id, number)
WHERE m.project_id <> $project_id AND list_contains($persons::VARCHAR[], m.person)
