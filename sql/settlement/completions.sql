-- Grain: citizen who completed. Key: delivery_no, citizen_row_no.
CREATE OR REPLACE TABLE run.completions AS
SELECT * FROM completions_of('run.qualifying_spells')
