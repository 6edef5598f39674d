-- Grain: voucher of the fixed grant that counts by the end of $year, of $projects. Key: project_id,
-- row_no. Amounts in DKK, in floating point, as a workbook holds them.
SELECT
    project_id,
    row_no,
    visible_id(bilagsnr) AS voucher,
    dato AS day,
    amount_dkk::DOUBLE AS amount_dkk
FROM run.wage_rows
WHERE year(dato) <= $year AND list_contains($projects::VARCHAR[], project_id)
ORDER BY project_id, day, voucher, row_no
