-- Grain: refused delivery that the report shows, F code that refuses it ($refusing).
-- Key: project_id, as_of_folder, code. places_da: every place, in Danish.
SELECT project_id, as_of_folder, code, places_da
FROM run.faults
WHERE NOT is_in_force AND list_contains($refusing::VARCHAR[], code)
ORDER BY project_id, as_of_folder, code, places_da
