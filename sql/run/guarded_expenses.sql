-- Grain: row of udgifter that the guards look at, as it is kept. Key: delivery_no, row_no.
CREATE OR REPLACE VIEW run.guarded_expenses AS
SELECT c.*
FROM core_expenses AS c
SEMI JOIN run.guarded USING (delivery_no)
