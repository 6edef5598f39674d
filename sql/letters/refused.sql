-- Grain: refused delivery that stands, delivery rule that it breaks. Key: project_id, as_of_folder,
-- code. places_da: what is wrong and where, masked, in the order found.
SELECT
    t.project_id,
    t.as_of_folder,
    f.code,
    list(f.place_da ORDER BY f.place_no) AS places_da
FROM run.reported_receipts AS t
JOIN core_faults AS f USING (receipt_no)
WHERE NOT t.is_in_force AND list_contains($refusing::VARCHAR[], f.code)
GROUP BY ALL
ORDER BY t.project_id, t.as_of_folder, f.code
