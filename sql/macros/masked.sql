-- A text with everything that reads as a valid CPR number masked. mask_numbers is
-- tasks.base.cpr.mask; it is asked about the few texts in which a number may stand. Three
-- separators are up to six signs, since CR and LF are one; the second class is HIDING there.
CREATE OR REPLACE MACRO masked(text) AS
    CASE
        WHEN
            strlen(text) < 10
            OR NOT regexp_matches(
                text,
                '[0-9]{6}[^0-9]{0,6}[0-9]{4}|'
                '[\x{AD}\x{300}-\x{1FFF}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}'
                '\x{20D0}-\x{20FF}\x{2C00}-\x{2DFF}\x{3000}-\x{1EFFF}\x{1FB00}-\x{10FFFF}]'
            )
            THEN text
        ELSE mask_numbers(text)
    END
