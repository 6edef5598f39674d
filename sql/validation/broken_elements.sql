-- Grain: row of grundelementer that breaks a rule. Key: delivery_no, row_no. The places in braces
-- take the table's own name, the suite's batch, and the columns that are shown.
CREATE OR REPLACE TEMP TABLE {broken} AS
SELECT {columns}
FROM {batch} AS b
SEMI JOIN run.element_quarantine AS q USING (delivery_no, row_no)
