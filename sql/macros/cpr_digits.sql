-- The ten digits of a CPR number as delivered (a hyphen or space after the sixth; nine digits have lost the leading
-- zero); null where the text is none.
CREATE OR REPLACE MACRO cpr_digits(text) AS
    CASE
        WHEN regexp_full_match(text, '[0-9]{6}[- ]?[0-9]{4}') THEN left(text, 6) || right(text, 4)
        WHEN regexp_full_match(text, '[0-9]{9}') THEN '0' || text
    END
