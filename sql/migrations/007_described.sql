-- The warehouse says itself what its tables and columns hold: sql/schema/tables_core.sql and
-- tables_draft.sql are run after every migration. What leads to that is this version's own.
COMMENT ON TABLE core_migrations IS 'Version that the warehouse was brought to.';
