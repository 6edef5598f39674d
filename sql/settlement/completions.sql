-- Grain: citizen who completed. Key: delivery_no, citizen_row_no. virksomhed_cvr: where;
-- completion_date: on which day.
CREATE OR REPLACE TABLE run.completions AS
SELECT * FROM completions_of('run.qualifying_spells')
