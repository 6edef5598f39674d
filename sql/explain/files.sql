-- Grain: file of a delivery. Key: file_name.
SELECT file_name, sha256, size_bytes
FROM core_files
WHERE delivery_no = $delivery_no::INTEGER
ORDER BY file_name
