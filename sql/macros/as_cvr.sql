-- A CVR number: eight digits, the first not 0, 'DK' before them and spaces between them left out;
-- null where the text is not one. Whether its check holds is cvr_check_holds.
CREATE OR REPLACE MACRO as_cvr(text) AS
    CASE
        WHEN regexp_full_match(text, '[1-9][0-9]{7}') THEN text::INTEGER
        WHEN regexp_full_match(text, '(?:DK *)?[1-9](?: *[0-9]){7}')
            THEN replace(replace(text, 'DK', ''), ' ', '')::INTEGER
    END
