-- Grain: row of grundelementer that breaks a rule. Key: delivery_no, row_no. The places in braces
-- take the table's own name and the suite's batch.
CREATE OR REPLACE TEMP TABLE {broken} AS
SELECT b.*
FROM {batch} AS b
SEMI JOIN run.element_quarantine AS q USING (delivery_no, row_no)
