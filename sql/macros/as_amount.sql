-- An amount as municipalities write it, with up to 15 digits before the decimals: '1.234,56',
-- '1234,56', '1.234', '1234', '1234.56', '-500' (U+2212 is a minus too). A dot before exactly three
-- digits groups them, unless the first group is zeros alone; one or two digits after a last dot or
-- a comma are decimals. Null where it is none of these, and where its digits read as a CPR number,
-- however they are grouped: that is never kept.
CREATE OR REPLACE MACRO as_amount(text) AS
    CASE
        WHEN text = '' OR masked_amount(text) <> text THEN NULL
        WHEN regexp_matches(text, '^[-\x{2212}]?0+\.[0-9]{3}') THEN NULL
        WHEN regexp_full_match(
            text, '[-\x{2212}]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]{1,2})?'
        )
            THEN TRY_CAST(
                translate(replace(text, '.', ''), ',' || chr(8722), '.-') AS DECIMAL(17, 2)
            )
        WHEN regexp_full_match(text, '[-\x{2212}]?[0-9]+\.[0-9]{1,2}')
            THEN TRY_CAST(replace(text, chr(8722), '-') AS DECIMAL(17, 2))
    END
