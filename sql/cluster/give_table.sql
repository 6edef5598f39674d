-- Writes a table to a file for the workers, or for the coordinator. The place in braces takes the
-- table's name.
COPY {table} TO $path (FORMAT parquet)
