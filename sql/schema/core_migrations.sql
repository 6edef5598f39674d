-- Grain: version that the warehouse was brought to. Key: version. Append only. name: the file of
-- sql/migrations/ that leads to it. program: the program's version that brought it there.
CREATE TABLE IF NOT EXISTS core_migrations (
    version INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    program VARCHAR NOT NULL
)
