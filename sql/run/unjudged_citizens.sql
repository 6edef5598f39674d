-- Grain: row of borgere that is judged now. Key: delivery_no, row_no. As run.citizens.
CREATE OR REPLACE VIEW run.unjudged_citizens AS
SELECT c.*, p.* EXCLUDE (delivery_no)
FROM core_citizens AS c
JOIN run.unjudged AS p USING (delivery_no)
