-- Keeps the rows of udgifter; a ragged one (R01) is kept apart, by keep_ragged.
INSERT INTO core_expenses BY NAME
SELECT * EXCLUDE (header_count, field_count)
FROM typed
WHERE field_count = header_count
