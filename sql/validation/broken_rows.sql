-- Grain: row of one table that breaks a rule. Key: delivery_no, row_no. The places in braces take
-- the table's own name, the suite's batch, and the columns that are shown or looked at.
CREATE OR REPLACE TEMP TABLE {broken} AS
SELECT {columns}
FROM {batch} AS b
SEMI JOIN (
    SELECT delivery_no, row_no
    FROM run.quarantine
    WHERE table_name = $table_name
) AS q USING (delivery_no, row_no)
