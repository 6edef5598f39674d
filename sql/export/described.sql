-- Grain: column of a table that is kept. Key: name ('table.column'). comment: what it holds.
SELECT table_name || '.' || column_name AS name, comment
FROM duckdb_columns()
WHERE schema_name = 'main' AND NOT internal
