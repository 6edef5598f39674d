-- Adds the rows of files to a table. The place in braces takes the table's name.
INSERT INTO {table} BY NAME
SELECT * FROM read_parquet($paths::VARCHAR[], hive_partitioning = false)
