-- What a text that is not understood is, whatever it should be, in Danish or English; null where
-- nothing is to be said. The error values are Excel's and LibreOffice's, in Danish and English.
CREATE OR REPLACE MACRO text_flaw(text, is_danish) AS
    CASE
        WHEN regexp_matches(text, '^=')
            THEN said(is_danish, 'en formel skrevet som tekst', 'a formula written as text')
        WHEN regexp_matches(text, '^''')
            THEN said(
                is_danish,
                'begynder med en apostrof: slet den',
                'begins with an apostrophe: delete it'
            )
        WHEN regexp_full_match(text, '[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+')
            THEN said(
                is_danish,
                'et tal i videnskabelig notation, hvis cifre er tabt: formatér kolonnen som tekst',
                'a number in scientific notation, whose digits are lost: format the column as text'
            )
        WHEN text = 'formel uden værdi'
            THEN said(
                is_danish,
                'åbn projektmappen i regnearket, og gem den, så formlerne regnes',
                'open the workbook in the spreadsheet and save it, so that its '
                || 'formulas are computed'
            )
        WHEN starts_with(text, 'flettet med ')
            THEN said(
                is_danish,
                'ophæv fletningen, og skriv værdien i hver celle',
                'unmerge the cells and write the value in each'
            )
        WHEN regexp_full_match(text, '#+')
            THEN said(
                is_danish,
                'kolonnen er for smal til at vise værdien: gør den bredere, og gem igen',
                'the column is too narrow to show the value: widen it and save anew'
            )
        WHEN regexp_full_match(text, '#[A-ZÆØÅ/0_]+[!?]?|Err:[0-9]+')
            THEN said(
                is_danish,
                'regnearkets fejlværdi: ret formlen i cellen',
                'an error value of the spreadsheet: correct the cell''s formula'
            )
        WHEN
            regexp_full_match(
                text,
                '(?i)[(\[<]?null[)\]>]?|nil|none|nan|nat|n/?a|n\.a\.|<na>|\\n|i/t|[-–—=_.~]+|\?+'
            )
            THEN said(is_danish, 'står for ingen værdi', 'stands for no value')
        WHEN regexp_full_match(text, '(?i)sand|falsk|true|false')
            THEN said(
                is_danish,
                'en sandhedsværdi fra regnearket',
                'a truth value of the spreadsheet'
            )
        WHEN regexp_full_match(text, '[0-9]+[.,]0+')
            THEN said(
                is_danish,
                'et tal med decimaler: formatér kolonnen som tekst',
                'a number with decimals: format the column as text'
            )
        WHEN
            regexp_matches(text, '\p{Latin}[\x{2018}\x{203A}\x{2020}]\p{Latin}')
            -- An ø or å at the start; ›nej‹ and ‘nej are quoted.
            OR regexp_full_match(text, '[\x{203A}\x{2020}]\p{Latin}[^\x{2039}\x{203A}]*')
            THEN said(
                is_danish,
                'tegnsættet CP850 fra DOS, læst som et andet: gem filen som CSV UTF-8',
                'the encoding CP850 of DOS, read as another: save the file as CSV UTF-8'
            )
        WHEN regexp_matches(text, '(?:^|\p{Latin})[\x{AE}\x{AF}\x{BE}\x{BF}\x{152}]\p{Latin}')
            THEN said(
                is_danish,
                'tegnsættet Mac Roman, læst som et andet: gem filen som CSV UTF-8',
                'the encoding Mac Roman, read as another: save the file as CSV UTF-8'
            )
        WHEN regexp_matches(text, '[ÃĂ][\x{80}-\x{BF}\x{2C6}\x{2DC}\x{2020}\x{2026}]')
            THEN said(
                is_danish,
                'UTF-8, læst som et andet tegnsæt: gem filen som CSV UTF-8',
                'UTF-8, read as another encoding: save the file as CSV UTF-8'
            )
        WHEN regexp_matches(text, '\p{Latin}\+A[A-Za-z0-9+/]{2}-')
            THEN said(
                is_danish,
                'tegnsættet UTF-7: gem filen som CSV UTF-8',
                'the encoding UTF-7: save the file as CSV UTF-8'
            )
        WHEN regexp_matches(text, '&(?:[a-zA-Z]+|#[0-9]+);?|%C3%|\\u00|\\x[ef]|=C3=|=[EF][0-9A-F]')
            THEN said(
                is_danish,
                'koder i stedet for bogstaver: skriv bogstaverne selv',
                'codes in place of letters: write the letters themselves'
            )
        WHEN regexp_matches(text, '\p{Latin}\?+\p{Latin}|ï¿½')
            THEN said(
                is_danish,
                'et bogstav er gået tabt: gem filen igen som CSV UTF-8',
                'a letter was lost: save the file anew as CSV UTF-8'
            )
        WHEN regexp_matches(text, '[öäÖÄ]')
            THEN said(
                is_danish,
                'et andet sprogs bogstav: skriv æ, ø eller å',
                'another language''s letter: write æ, ø or å'
            )
        WHEN contains(text, '  ')
            THEN said(
                is_danish,
                'to mellemrum efter hinanden: skriv ét',
                'two spaces in a row: write one'
            )
        ELSE foreign_character(text, is_danish)
    END
