-- Grain: refused delivery that stands now, code that refuses it. Key: project_id, as_of_folder,
-- code. received_at: UTC. places_da, places_en: every place, in the order found.
SELECT
    n.project_folder AS project_id,
    n.as_of_folder,
    n.received_at,
    f.code,
    string_agg(f.place_da, '; ' ORDER BY f.place_no) AS places_da,
    string_agg(f.place_en, '; ' ORDER BY f.place_no) AS places_en
FROM standing_refused($known_at::TIMESTAMP) AS n
JOIN core_faults AS f USING (receipt_no)
WHERE NOT list_contains($remarks::VARCHAR[], f.code)
GROUP BY ALL
ORDER BY n.project_folder, n.as_of_folder, f.code
