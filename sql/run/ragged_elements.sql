-- Grain: row of grundelementer in a delivery in force whose fields are more or fewer than the
-- header's (R01). Key: delivery_no, row_no.
CREATE OR REPLACE VIEW run.ragged_elements AS
SELECT c.*, p.project_id
FROM core_ragged AS c
JOIN run.projects AS p USING (delivery_no)
WHERE c.table_name = 'grundelementer'
