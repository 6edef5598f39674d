-- The ten digits of a CPR number as delivered, as a number (a hyphen or space after the sixth digit; nine digits have
-- lost the leading zero); null where the text is none.
CREATE OR REPLACE MACRO cpr_number(text) AS
    CASE
        WHEN NOT regexp_full_match(text, '[0-9]{6}[- ]?[0-9]{4}|[0-9]{9}') THEN NULL
        WHEN strlen(text) = 11 THEN (left(text, 6) || right(text, 4))::BIGINT
        ELSE text::BIGINT
    END
