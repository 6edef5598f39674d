-- Grain: row of forloeb that the guards look at, as it is kept. Key: delivery_no, row_no.
CREATE OR REPLACE VIEW run.guarded_spells AS
SELECT c.*
FROM core_spells AS c
SEMI JOIN run.guarded USING (delivery_no)
