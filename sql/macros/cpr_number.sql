-- The ten digits of a CPR number as delivered, as a number (one dash or space, Pd, U+2212 or Zs,
-- after the sixth digit; nine digits have lost the leading zero); null where the text is none.
CREATE OR REPLACE MACRO cpr_number(text) AS
    CASE
        WHEN regexp_full_match(text, '[0-9]{9,10}') THEN text::BIGINT
        WHEN regexp_full_match(text, '[0-9]{6}[\p{Pd}\p{Zs}\x{2212}\x{10EAD}][0-9]{4}')
            THEN (left(text, 6) || right(text, 4))::BIGINT
    END
