-- Grain: row of forloeb that is judged now. Key: delivery_no, row_no. As run.spells.
CREATE OR REPLACE VIEW run.unjudged_spells AS
SELECT c.*, p.* EXCLUDE (delivery_no)
FROM core_spells AS c
JOIN run.unjudged AS p USING (delivery_no)
