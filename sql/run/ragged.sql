-- Grain: row of a delivery in force whose fields are more or fewer than the header's (R01).
-- Key: table_name, delivery_no, row_no. Those of the activities are in run.ragged_elements.
CREATE OR REPLACE VIEW run.ragged AS
SELECT c.*, p.project_id
FROM core_ragged AS c
JOIN run.projects AS p USING (delivery_no)
WHERE c.table_name <> 'grundelementer'
