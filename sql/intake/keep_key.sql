-- Notes the key that the first rows are received with. $inner_block, $outer_block: the key.
INSERT INTO core_key
SELECT pseudonym('jobfirst', $inner_block, $outer_block)
WHERE NOT EXISTS (FROM core_key)
