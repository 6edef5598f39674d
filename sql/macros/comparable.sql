-- An id as it is kept: as delivered, or, where it holds a CPR number, masked and with a keyed
-- pseudonym to compare by.
CREATE OR REPLACE MACRO comparable(id, inner_block, outer_block) AS
    CASE
        WHEN strlen(id) < 10 OR masked(id) = id THEN id
        ELSE masked(id) || chr(31) || pseudonym(id, inner_block, outer_block)
    END
