-- Takes out of a table that was put aside what does not stand. The place in braces takes the table's name.
DELETE FROM run.standing_{table}
WHERE delivery_no NOT IN (SELECT delivery_no FROM run.standing)
