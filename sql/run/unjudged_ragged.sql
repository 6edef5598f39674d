-- Grain: row that fails R01 and is judged now. Key: table_name, delivery_no, row_no. As run.ragged.
CREATE OR REPLACE VIEW run.unjudged_ragged AS
SELECT c.*, p.project_id
FROM core_ragged AS c
JOIN run.unjudged AS p USING (delivery_no)
