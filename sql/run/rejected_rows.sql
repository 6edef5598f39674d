-- Grain: rejected row. Key: table_name, delivery_no, row_no. However many rules reject it.
CREATE OR REPLACE VIEW run.rejected_rows AS
SELECT DISTINCT table_name, delivery_no, row_no FROM run.quarantine WHERE action = 'reject'
