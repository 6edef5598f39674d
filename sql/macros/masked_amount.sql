-- As masked, of a text where an amount, hours or a count belongs: ten digits that a spreadsheet has
-- given groups of thousands or leading zeros are the same number.
CREATE OR REPLACE MACRO masked_amount(text) AS
    CASE
        WHEN strlen(text) < 10 OR masked(text) <> text THEN masked(text)
        WHEN masked(ungrouped(text)) <> ungrouped(text) THEN masked(ungrouped(text))
        ELSE text
    END
