-- Adds what was made now to what stands, which is most. The places in braces take the table's name.
INSERT INTO run.standing_{table} BY NAME
SELECT * FROM run.{table}
