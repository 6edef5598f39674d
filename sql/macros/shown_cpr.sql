-- What is wrong with a CPR number, by cpr_state, in Danish or English: never the number,
-- which is said where there is one.
CREATE OR REPLACE MACRO shown_cpr(state, is_danish) AS
    CASE state
        WHEN 'blank' THEN said(is_danish, 'tomt', 'blank')
        WHEN 'formula'
            THEN said(is_danish, 'en formel skrevet som tekst', 'a formula written as text')
        WHEN 'apostrophe'
            THEN said(is_danish, 'skrevet med en apostrof', 'written with an apostrophe')
        WHEN 'scientific'
            THEN said(
                is_danish,
                'et tal i videnskabelig notation, hvis cifre er tabt',
                'a number in scientific notation, whose digits are lost'
            )
        WHEN 'uncomputed' THEN said(is_danish, 'en formel uden værdi', 'a formula without a value')
        WHEN 'narrow'
            THEN said(
                is_danish,
                'vist som #, fordi kolonnen er for smal: gør den bredere, og gem igen',
                'shown as #, since the column is too narrow: widen it and save anew'
            )
        WHEN 'merged'
            THEN said(
                is_danish,
                'flettet med en anden celle, som alene har værdien: ophæv fletningen',
                'merged with another cell, which alone has the value: unmerge them'
            )
        WHEN 'error'
            THEN said(is_danish, 'regnearkets fejlværdi', 'an error value of the spreadsheet')
        WHEN 'too_short'
            THEN said(
                is_danish,
                'for kort; et foranstillet nul er måske tabt',
                'too short; leading zeros may be lost'
            )
        WHEN 'too_long' THEN said(is_danish, 'for langt', 'too long')
        WHEN 'no_date'
            THEN said(
                is_danish,
                'et nummer, hvis seks første cifre ikke er en dato',
                'a number whose first six digits are no date'
            )
        WHEN 'decimals' THEN said(is_danish, 'et tal med decimaler', 'a number with decimals')
        WHEN 'separators'
            THEN said(
                is_danish,
                'skrevet med andre skilletegn end én bindestreg efter det sjette ciffer',
                'written with other signs than one hyphen after the sixth digit'
            )
        WHEN 'masked' THEN said(is_danish, 'skjult med tegn', 'hidden by signs')
        WHEN 'letters'
            THEN said(
                is_danish,
                'skrevet med et bogstav blandt cifrene',
                'written with a letter among the digits'
            )
        WHEN 'more'
            THEN said(is_danish, 'skrevet sammen med andet', 'written together with something else')
        WHEN 'foreign_character'
            THEN said(
                is_danish,
                'skrevet med et fremmed eller usynligt tegn',
                'written with a foreign or invisible character'
            )
        ELSE said(is_danish, 'ikke et gyldigt cpr-nummer', 'not a valid CPR number')
    END
    || CASE
        WHEN state = 'blank' THEN ''
        ELSE said(is_danish, ' (nummeret vises aldrig)', ' (the number is never shown)')
    END
