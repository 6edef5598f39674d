-- Grain: row of forloeb in a delivery in force. Key: delivery_no, row_no. With its project's facts
-- and terms.
CREATE OR REPLACE VIEW run.spells AS
SELECT c.*, p.* EXCLUDE (delivery_no)
FROM core_spells AS c
JOIN run.projects AS p USING (delivery_no)
