-- Adds to core_receipts. Reads rows (frame), its columns in the table's order.
INSERT INTO core_receipts SELECT * FROM rows
