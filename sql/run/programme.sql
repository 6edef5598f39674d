-- Grain: one row. What holds for the programme as a whole in the settled year. Amounts in DKK.
CREATE OR REPLACE TABLE run.programme AS
SELECT
    $settled_year::INTEGER AS settled_year,
    $appropriation_dkk::DECIMAL(18, 2) AS appropriation_dkk,
    $programme_first_day::DATE AS programme_first_day,
    $programme_last_day::DATE AS programme_last_day
