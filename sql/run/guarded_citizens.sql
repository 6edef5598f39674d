-- Grain: row of borgere that the guards look at, as it is kept. Key: delivery_no, row_no.
CREATE OR REPLACE VIEW run.guarded_citizens AS
SELECT c.*
FROM core_citizens AS c
SEMI JOIN run.guarded USING (delivery_no)
