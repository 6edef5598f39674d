-- Grain: one row. Whether the warehouse's pseudonyms are made with the key $inner_block,
-- $outer_block.
SELECT pseudonym = pseudonym('jobfirst', $inner_block, $outer_block) FROM core_key
