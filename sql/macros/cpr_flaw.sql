-- What is wrong with a text that is no CPR number, as a word that shown_cpr shows. Nothing of the
-- text itself is given.
CREATE OR REPLACE MACRO cpr_flaw(text) AS
    CASE
        WHEN regexp_matches(text, '^=') THEN 'formula'
        WHEN regexp_matches(text, '^''|''$') THEN 'apostrophe'
        WHEN regexp_full_match(text, '[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+') THEN 'scientific'
        WHEN text = 'formel uden værdi' THEN 'uncomputed'
        WHEN starts_with(text, 'flettet med ') THEN 'merged'
        WHEN regexp_full_match(text, '#+') THEN 'narrow'
        WHEN regexp_full_match(text, '#[A-ZÆØÅ/0_]+[!?]?|Err:[0-9]+') THEN 'error'
        WHEN regexp_full_match(text, '[0-9]{6,9}|[0-9]{6}[\p{Pd}\p{Zs}\x{2212}\x{10EAD}][0-9]{1,3}')
            THEN 'too_short'
        WHEN
            regexp_full_match(
                text,
                '[0-9]{11,}|[0-9]{6}[\p{Pd}\p{Zs}\x{2212}\x{10EAD}][0-9]{5,}'
                || '|[0-9]{8}[\p{Pd}\p{Zs}\x{2212}\x{10EAD}]?[0-9]{4}'
            )
            THEN 'too_long'
        WHEN cpr_number(text) IS NOT NULL THEN 'no_date'
        WHEN regexp_full_match(text, '[0-9]{9,10}[.,]0+') THEN 'decimals'
        WHEN regexp_full_match(text, '(?:[0-9][-. /,_]*){9,10}') THEN 'separators'
        WHEN regexp_full_match(text, '(?i)[0-9]{6}[- ]?[x*]{4}') THEN 'masked'
        WHEN
            regexp_full_match(text, '[-0-9OoIl]*[0-9]{4}[-0-9OoIl]*')
            AND regexp_matches(text, '[OoIl]')
            THEN 'letters'
        WHEN strlen(text) > length(text) THEN 'foreign_character'
        WHEN regexp_matches(text, '[0-9]{6}[- ]?[0-9]{4}') THEN 'more'
        ELSE 'invalid'
    END
