-- Grain: project of the register, programme year to the settled one. Key: project_id, year. Columns
-- as in run.every_year.
CREATE OR REPLACE TABLE run.settlement AS
SELECT e.*
FROM run.every_year AS e
JOIN run.programme AS p ON e.year <= p.settled_year
