-- Keeps the place of each row with more or fewer fields than its header, and nothing else of it.
INSERT INTO core_ragged
SELECT delivery_no, $table_name, row_no, field_count, header_count
FROM cells
WHERE field_count <> header_count
