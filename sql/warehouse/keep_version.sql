-- Grain: one row: a version that the warehouse was brought to.
INSERT INTO core_migrations (version, name, program)
VALUES ($version, $name, $program)
