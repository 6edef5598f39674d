-- Keeps the rows of forloeb; a ragged one (R01) is kept apart, by keep_ragged.
INSERT INTO core_spells BY NAME
SELECT * EXCLUDE (header_count, field_count)
FROM typed
WHERE field_count = header_count
