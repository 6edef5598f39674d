-- Grain: table of the attached warehouse that is kept for ever and read by a settlement. Key:
-- table_name.
SELECT table_name
FROM duckdb_tables()
WHERE database_name = 'home' AND schema_name = 'main' AND table_name LIKE 'core\_%' ESCAPE '\'
ORDER BY table_name
