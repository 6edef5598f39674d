-- Grain: row of one table that breaks a rule. Key: delivery_no, row_no. The place in braces takes
-- the suite's batch.
CREATE OR REPLACE TEMP TABLE broken_rows AS
SELECT b.*
FROM {batch} AS b
SEMI JOIN (
    SELECT delivery_no, row_no
    FROM run.quarantine
    WHERE table_name = $table_name
) AS q USING (delivery_no, row_no)
