-- Grain: one row: the warehouse's version, and the program's that brought it there.
SELECT
    version,
    program
FROM core_migrations
ORDER BY version DESC
LIMIT 1
