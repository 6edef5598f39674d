-- As masked, of a text where an amount, hours or a count belongs: ten digits that a spreadsheet has
-- given groups of thousands or leading zeros are the same number. Where a text is not of ASCII
-- alone, signs without width may stand in its groups, and nothing that parts them is kept.
CREATE OR REPLACE MACRO masked_amount(text) AS
    CASE
        WHEN strlen(text) < 10 OR masked(text) <> text THEN masked(text)
        WHEN masked(ungrouped(text)) <> ungrouped(text) THEN masked(ungrouped(text))
        WHEN
            strlen(text) > length(text)
            AND masked(regexp_replace(text, '[.''’\p{Zs}]', '', 'g')) LIKE '%******-****%'
            THEN masked(regexp_replace(text, '[.''’\p{Zs}]', '', 'g'))
        ELSE text
    END
