-- Grain: table whose presence shows a warehouse's version. Key: table_name.
SELECT table_name
FROM duckdb_tables()
WHERE schema_name = 'main' AND table_name IN ('core_migrations', 'core_drafts')
