-- Grain: text of a broken row, and language, in which something is said of it as a value of one
-- kind. Key: text, is_danish. The places in braces take the kind and the texts. Made once a suite,
-- and for both languages in one: planning what may be said costs more than a message.
CREATE OR REPLACE TEMP TABLE {kind}_hints AS
SELECT text, is_danish, {kind}_hint(text, is_danish) AS hint
FROM (SELECT DISTINCT unnest([{texts}]) AS text FROM broken_rows)
CROSS JOIN (VALUES (true), (false)) AS language (is_danish)
WHERE text IS NOT NULL
