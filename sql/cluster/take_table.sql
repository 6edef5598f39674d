-- Makes a table of the run from files. The place in braces takes the table's name.
CREATE OR REPLACE TABLE {table} AS
SELECT * FROM read_parquet($paths::VARCHAR[], hive_partitioning = false)
