-- Adds to core_deliveries. Reads rows (frame), its columns in the table's order.
INSERT INTO core_deliveries SELECT * FROM rows
