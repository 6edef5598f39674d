-- What is wrong with a text that is no CPR number: 'formula', 'apostrophe', 'scientific', 'quotes',
-- else 'invalid'. Nothing of the text itself is given.
CREATE OR REPLACE MACRO cpr_flaw(text) AS
    CASE
        WHEN regexp_matches(text, '^=') THEN 'formula'
        WHEN regexp_matches(text, '^''|''$') THEN 'apostrophe'
        WHEN regexp_full_match(text, '[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+') THEN 'scientific'
        WHEN text = 'formel uden værdi' THEN 'uncomputed'
        WHEN regexp_full_match(text, '[0-9]{6,8}') THEN 'too_short'
        WHEN strlen(text) > length(text) THEN 'foreign_character'
        ELSE 'invalid'
    END
