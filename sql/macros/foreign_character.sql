-- The first character of a text that is none of a Danish keyboard's and easily taken for one of
-- them, or that can't be seen: by its kind and code point, in Danish (da) or English; null where
-- there is none.
CREATE OR REPLACE MACRO foreign_character(text, is_danish) AS
    CASE
        WHEN
            text IS NULL
            OR strlen(text) = length(text) AND NOT regexp_matches(text, '[\x00-\x1F\x7F]')
            THEN NULL
        WHEN regexp_extract(text, '[\p{Cc}\p{Cf}\p{Co}]') <> ''
            THEN CASE WHEN is_danish THEN 'et usynligt tegn, ' ELSE 'an invisible character, ' END
            || code_point(regexp_extract(text, '[\p{Cc}\p{Cf}\p{Co}]'))
        WHEN regexp_extract(text, '[\p{Pd}\x{2212}]') NOT IN ('', '-')
            THEN CASE
                WHEN is_danish THEN 'en streg, der ikke er en bindestreg, '
                ELSE 'a dash that is no hyphen, '
            END
            || code_point(regexp_extract(text, '[\p{Pd}\x{2212}]'))
        WHEN regexp_extract(
            text, '[\x{2018}-\x{201F}\x{AB}\x{BB}\x{2039}\x{203A}\x{2032}\x{2033}\x{B4}]'
        )
            <> ''
            THEN CASE
                WHEN is_danish THEN 'et typografisk anførselstegn, '
                ELSE 'a typographic quotation mark, '
            END
            || code_point(
                regexp_extract(
                    text, '[\x{2018}-\x{201F}\x{AB}\x{BB}\x{2039}\x{203A}\x{2032}\x{2033}\x{B4}]'
                )
            )
        WHEN regexp_extract(text, '[\p{Cyrillic}]') <> ''
            THEN CASE WHEN is_danish THEN 'et kyrillisk bogstav, ' ELSE 'a Cyrillic letter, ' END
            || code_point(regexp_extract(text, '[\p{Cyrillic}]'))
        WHEN regexp_extract(text, '[\p{Greek}]') <> ''
            THEN CASE WHEN is_danish THEN 'et græsk bogstav, ' ELSE 'a Greek letter, ' END
            || code_point(regexp_extract(text, '[\p{Greek}]'))
        WHEN regexp_extract(text, '[\x{FF01}-\x{FF5E}]') <> ''
            THEN CASE
                WHEN is_danish THEN 'et tegn i fuld bredde, '
                ELSE 'a full-width character, '
            END
            || code_point(regexp_extract(text, '[\x{FF01}-\x{FF5E}]'))
        WHEN regexp_extract(text, '[^\x00-\x7F\P{Nd}]') <> ''
            THEN CASE
                WHEN is_danish THEN 'et ciffer af en anden skrift, '
                ELSE 'a digit of another script, '
            END
            || code_point(regexp_extract(text, '[^\x00-\x7F\P{Nd}]'))
        WHEN contains(text, chr(65533))
            THEN CASE
                WHEN is_danish THEN 'et tegn, der er gået tabt, '
                ELSE 'a character that was lost, '
            END
                || 'U+FFFD'
    END
