-- Grain: row of grundelementer that breaks a rule. Key: delivery_no, row_no. The place in braces
-- takes the suite's batch.
CREATE OR REPLACE TEMP TABLE broken_rows AS
SELECT b.*
FROM {batch} AS b
SEMI JOIN run.element_quarantine AS q USING (delivery_no, row_no)
