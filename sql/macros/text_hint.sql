-- What a text that is not understood is, in parentheses, in Danish or English; '' where nothing is
-- to be said.
CREATE OR REPLACE MACRO text_hint(text, is_danish) AS
    coalesce(
        ' (' || CASE
            WHEN regexp_matches(text, '^=') THEN
                CASE
                    WHEN is_danish THEN 'en formel skrevet som tekst'
                    ELSE 'a formula written as text'
                END
            WHEN regexp_matches(text, '^''') THEN
                CASE
                    WHEN is_danish THEN 'begynder med en apostrof: slet den'
                    ELSE 'begins with an apostrophe: delete it'
                END
            WHEN regexp_full_match(text, '[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+') THEN
                CASE
                    WHEN is_danish
                        THEN 'et tal i videnskabelig notation, hvis cifre er tabt: '
                            || 'formatér kolonnen som tekst'
                    ELSE 'a number in scientific notation, whose digits are lost: '
                        || 'format the column as text'
                END
            WHEN text = 'formel uden værdi' THEN
                CASE
                    WHEN is_danish
                        THEN 'åbn projektmappen i regnearket, og gem den, så formlerne regnes'
                    ELSE 'open the workbook in the spreadsheet and save it, '
                        || 'so that its formulas are computed'
                END
            ELSE foreign_character(text, is_danish)
        END || ')',
        ''
    )
