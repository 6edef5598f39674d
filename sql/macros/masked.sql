-- A text with everything that reads as a valid CPR number masked. mask_numbers is
-- tasks.base.cpr.mask; it is asked about the few texts in which a number may stand. Three
-- separators are up to six signs, since CR and LF are one.
CREATE OR REPLACE MACRO masked(text) AS
    CASE
        WHEN strlen(text) < 10 OR NOT regexp_matches(text, '[0-9]{6}[^0-9]{0,6}[0-9]{4}') THEN text
        ELSE mask_numbers(text)
    END
