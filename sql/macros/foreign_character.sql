-- The first character of a text that is on no Danish keyboard and easily taken for one that is, or
-- that can't be seen: its kind, its name and its code point, in Danish or English; null where there
-- is none. tasks/intake/characters.py says the same of names; a test holds the two together.
CREATE OR REPLACE MACRO foreign_character(text, is_danish) AS
    CASE
        WHEN
            text IS NULL
            OR strlen(text) = length(text) AND NOT regexp_matches(text, '[\x00-\x1F\x7F]')
            THEN NULL
        WHEN regexp_extract(text, '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]') <> ''
            THEN said(is_danish, 'et usynligt tegn, ', 'an invisible character, ')
            || invisible_name(
                regexp_extract(text, '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]'), is_danish
            )
            || code_point(regexp_extract(text, '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]'))
        WHEN regexp_extract(text, '[\p{Pd}\x{2212}]') NOT IN ('', '-')
            THEN said(
                is_danish, 'en streg, der ikke er en bindestreg, ', 'a dash that is no hyphen, '
            )
            || code_point(regexp_extract(text, '[\p{Pd}\x{2212}]'))
        WHEN regexp_extract(
            text, '[\x{2018}-\x{201F}\x{AB}\x{BB}\x{2039}\x{203A}\x{2032}\x{2033}\x{B4}]'
        )
            <> ''
            THEN said(
                is_danish, 'et typografisk anførselstegn, ', 'a typographic quotation mark, '
            )
            || code_point(
                regexp_extract(
                    text, '[\x{2018}-\x{201F}\x{AB}\x{BB}\x{2039}\x{203A}\x{2032}\x{2033}\x{B4}]'
                )
            )
        WHEN regexp_extract(text, '[\p{Cyrillic}]') <> ''
            THEN said(is_danish, 'et kyrillisk bogstav, ', 'a Cyrillic letter, ')
            || code_point(regexp_extract(text, '[\p{Cyrillic}]'))
        WHEN regexp_extract(text, '[\p{Greek}]') <> ''
            THEN said(is_danish, 'et græsk bogstav, ', 'a Greek letter, ')
            || code_point(regexp_extract(text, '[\p{Greek}]'))
        WHEN regexp_extract(text, '[\x{FF01}-\x{FF5E}]') <> ''
            THEN said(is_danish, 'et tegn i fuld bredde, ', 'a full-width character, ')
            || code_point(regexp_extract(text, '[\x{FF01}-\x{FF5E}]'))
        WHEN regexp_extract(text, '[^\x00-\x7F\P{Nd}]') <> ''
            THEN said(is_danish, 'et ciffer af en anden skrift, ', 'a digit of another script, ')
            || code_point(regexp_extract(text, '[^\x00-\x7F\P{Nd}]'))
        WHEN contains(text, chr(65533))
            THEN said(is_danish, 'et tegn, der er gået tabt, ', 'a character that was lost, ')
                || 'U+FFFD'
        WHEN regexp_extract(text, '[^\x00-\x7F\p{Latin}§½£¤¨\p{P}\p{Zs}\p{M}]') <> ''
            THEN said(is_danish, 'et fremmed tegn, ', 'a foreign character, ')
            || code_point(regexp_extract(text, '[^\x00-\x7F\p{Latin}§½£¤¨\p{P}\p{Zs}\p{M}]'))
    END
