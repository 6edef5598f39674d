-- Grain: accepted expense of a category that the fixed grant covers. Key: delivery_no, row_no.
-- Amounts in DKK.
CREATE OR REPLACE TABLE run.wage_rows AS
SELECT e.project_id, e.delivery_no, e.row_no, e.bilagsnr, e.dato, e.beloeb AS amount_dkk
FROM run.expenses AS e
JOIN run.expense_categories AS k ON k.kategori = e.kategori AND k.is_fixed_grant
ANTI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'udgifter' AND action = 'reject') AS q
    USING (delivery_no, row_no)
