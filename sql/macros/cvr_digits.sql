-- The digits of what should be a CVR number, without 'DK' before them and spaces between them; any
-- other text as it is.
CREATE OR REPLACE MACRO cvr_digits(text) AS
    CASE
        WHEN regexp_full_match(text, '(?:DK *)?[0-9](?: *[0-9]){1,9}')
            THEN replace(replace(text, 'DK', ''), ' ', '')
        ELSE text
    END
