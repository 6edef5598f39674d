-- Grain: project, year. Key: both. Accepted expenses of the categories that the fixed grant covers,
-- in DKK.
CREATE OR REPLACE TABLE run.wages AS
SELECT project_id, year(dato) AS year, sum(amount_dkk)::DECIMAL(38, 2) AS wages_dkk
FROM run.wage_rows
GROUP BY project_id, year(dato)
