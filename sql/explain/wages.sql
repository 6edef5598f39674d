-- Grain: expense of the year that the fixed grant rests on. Key: bilagsnr. amount_dkk: DKK.
SELECT visible_id(w.bilagsnr) AS bilagsnr, w.row_no AS row, w.dato AS day, e.kategori, w.amount_dkk
FROM draft_wages AS w
JOIN core_expenses AS e ON e.delivery_no = $delivery_no::INTEGER AND e.row_no = w.row_no
WHERE w.draft_no = $draft_no AND w.project_id = $project_id::VARCHAR AND year(w.dato) = $year
ORDER BY w.dato, w.row_no
