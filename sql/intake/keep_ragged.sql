-- Keeps the place of each row with more or fewer fields than its header, and where a number of it
-- was split; nothing else of it.
INSERT INTO core_ragged BY NAME
SELECT delivery_no, $table_name AS table_name, row_no, field_count, header_count, split_place
FROM cells
WHERE field_count <> header_count
