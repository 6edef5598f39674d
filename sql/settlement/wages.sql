-- Grain: project, year. Key: both. Accepted expenses of the categories that the fixed grant covers, in DKK.
CREATE OR REPLACE TABLE run.wages AS
SELECT e.project_id, year(e.dato) AS year, sum(e.beloeb)::DECIMAL(18, 2) AS wages_dkk
FROM run.expenses AS e
JOIN run.expense_categories AS k ON k.kategori = e.kategori AND k.is_fixed_grant
ANTI JOIN (
    SELECT delivery_no, row_no FROM run.quarantine WHERE table_name = 'udgifter' AND action = 'reject'
) AS q USING (delivery_no, row_no)
GROUP BY e.project_id, year(e.dato)
