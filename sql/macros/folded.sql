-- A code as it is compared: lower case, æøå as ae oe aa, a space, a line break or any dash as an
-- underscore.
CREATE OR REPLACE MACRO folded(text) AS
    regexp_replace(
        replace(
            replace(replace(translate(lower(text), ' -', '__'), 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa'
        ),
        '\r\n|[\n\r\x{0B}\x{0C}\x{85}\x{2028}\x{2029}\p{Pd}\x{2212}\x{10EAD}]',
        '_',
        'g'
    )
