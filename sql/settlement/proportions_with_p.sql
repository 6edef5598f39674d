-- Grain and key as run.proportions, with the p-value of each arm. Reads p_values (frame).
CREATE OR REPLACE TABLE run.proportions AS
SELECT p.*, v.chi_square_p
FROM run.proportions AS p
JOIN p_values AS v USING (project_id, arm)
