-- Which program posted an entry.
ALTER TABLE core_ledger ADD COLUMN program VARCHAR;
