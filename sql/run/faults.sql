-- Grain: receipt that is reported, F code that it breaks. Key: receipt_no, code. places_da,
-- places_en: every place, in the order found.
CREATE OR REPLACE TABLE run.faults AS
SELECT
    t.project_id,
    t.receipt_no,
    t.as_of_folder,
    t.is_in_force,
    f.code,
    string_agg(f.place_da, '; ' ORDER BY f.place_no) AS places_da,
    string_agg(f.place_en, '; ' ORDER BY f.place_no) AS places_en
FROM run.reported_receipts AS t
JOIN core_faults AS f USING (receipt_no)
GROUP BY ALL
