-- Where a number of a ragged row was split at its decimal comma; null in what was received before.
ALTER TABLE core_ragged ADD COLUMN split_place INTEGER;
