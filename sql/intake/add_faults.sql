-- Adds to core_faults. Reads rows (frame), its columns in the table's order.
INSERT INTO core_faults SELECT * FROM rows
