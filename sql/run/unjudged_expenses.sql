-- Grain: row of udgifter that is judged now. Key: delivery_no, row_no. As run.expenses.
CREATE OR REPLACE VIEW run.unjudged_expenses AS
SELECT c.*, p.* EXCLUDE (delivery_no)
FROM core_expenses AS c
JOIN run.unjudged AS p USING (delivery_no)
