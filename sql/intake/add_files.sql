-- Adds to core_files. Reads rows (frame), its columns in the table's order.
INSERT INTO core_files SELECT * FROM rows
