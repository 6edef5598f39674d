-- Grain: file of a delivery that is reported. Names as in the inbox.
SELECT DISTINCT d.project_folder, d.as_of_folder, f.file_name, f.sha256
FROM run.reported_receipts AS t
JOIN core_receipts AS r USING (receipt_no)
JOIN core_deliveries AS d USING (delivery_no)
JOIN core_files AS f USING (delivery_no)
ORDER BY d.project_folder, d.as_of_folder, f.file_name
