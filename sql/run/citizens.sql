-- Grain: row of borgere in a delivery in force. Key: delivery_no, row_no. With its project's facts
-- and terms.
CREATE OR REPLACE VIEW run.citizens AS
SELECT c.*, p.* EXCLUDE (delivery_no)
FROM core_citizens AS c
JOIN run.projects AS p USING (delivery_no)
