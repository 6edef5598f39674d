-- As date_flaw, of an amount without its unit, hours or a number that can't be read, its minus a
-- hyphen. kind: as in hint. What is told must not lead to another value: 12 tkr. is not 12, 500 K
-- may be a credit, and 12 50 may have decimals.
CREATE OR REPLACE MACRO number_flaw(kind, text, is_danish) AS
    CASE
        WHEN regexp_full_match(text, '[-–—=_.~]+')
            THEN said(is_danish, 'står for ingen værdi', 'stands for no value')
        WHEN regexp_full_match(text, '[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+')
            THEN said(
                is_danish,
                'et tal i videnskabelig notation: skriv tallet helt ud',
                'a number in scientific notation: write the number out'
            )
        WHEN
            regexp_matches(
                text,
                '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4})(?: |$)'
            )
            OR (
                regexp_matches(
                    text, '(?i)jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec'
                )
                AND regexp_full_match(
                    text, '[0-9]{1,2}[-. ]+\p{Latin}{3,}\.?|\p{Latin}{3,}\.?[- ]+[0-9]{2,4}'
                )
            )
            THEN said(
                is_danish,
                'en dato, måske lavet af regnearket: formatér cellen som tal, og skriv tallet',
                'a date, perhaps made by the spreadsheet: format the cell as a number and write it'
            )
        WHEN regexp_matches(text, '(?i)[0-9] *(?:%|pct\.?|procent)$')
            THEN said(is_danish, 'en procent: ', 'a percentage: ')
            || CASE
                WHEN kind = 'hours'
                    THEN said(is_danish, 'skriv timer om ugen', 'write hours a week')
                ELSE said(is_danish, 'skriv beløbet i kroner', 'write the amount in kroner')
            END
        WHEN
            kind = 'hours'
            AND regexp_full_match(
                text, '(?i)[0-9.,]+ *t(?:imer)?\.?[ ,]*(?:og *)?[0-9]+ *m(?:in(?:utter)?)?\.?'
            )
            THEN said(
                is_danish,
                'timer og minutter: skriv timer som 37,5',
                'hours and minutes: write hours as 37,5'
            )
        WHEN
            kind = 'hours'
            AND regexp_matches(
                text, '(?i)[0-9].*(?:/|pr\.?|om) *(?:dag\w*|m|mdr?\.?|måned\w*|år\w*)$'
            )
            THEN said(
                is_danish,
                'timer af en anden periode: skriv timer om ugen',
                'hours of another period: write hours a week'
            )
        WHEN
            kind = 'number'
            AND regexp_full_match(
                text,
                '-?[0-9.,]+ *'
                || '(?:k|(?i:k(?:kr|dkk)|t|t\.?(?:kr|dkk)|m|(?:tus|mio|mill|mia|mrd)[a-z]*))'
                || '\.?(?i: *(?:kr|kroner|dkk)\.?)?'
                || '|(?i:k(?:kr|dkk)|t\.?(?:kr|dkk)|mio|mill|mia|mrd)\.? *-?[0-9.,]+'
            )
            THEN said(
                is_danish,
                'tusinder eller millioner: skriv hele beløbet i kroner',
                'thousands or millions: write the whole amount in kroner'
            )
        WHEN kind = 'number' AND regexp_full_match(text, '(?i)-?[0-9.,]+ *ører?\.?')
            THEN said(
                is_danish,
                'et beløb i øre: skriv det i kroner',
                'an amount in øre: write it in kroner'
            )
        WHEN
            kind = 'number'
            AND regexp_full_match(
                text,
                '-?[0-9.,]+ *(?i:kr\.?|kroner|dkk)? *'
                || '(?:K|C|C[Rr]|D|D[Rr]|DB|(?i:[kc]redit|debet|debit|kreditnota))'
                || '|(?:K|C|CR|D|DR|DB|(?i:[kc]redit|debet|debit|kreditnota))[ :]*'
                || '(?i:kr\.?|kroner|dkk)? *-?[0-9.,]+(?i: *(?:kr|kroner|dkk)\.?)?'
            )
            THEN said(
                is_danish,
                'et tegn for debet eller kredit: skriv et beløb, der trækkes fra, med '
                || 'minus foran',
                'a sign for debit or credit: write an amount that is deducted with a '
                || 'minus before it'
            )
        WHEN kind = 'number' AND regexp_matches(text, '(?i)^minus\b.*[0-9]|[0-9].*\bminus$')
            THEN said(
                is_danish,
                'minus som ord: skriv tegnet foran tallet',
                'minus as a word: write the sign before the number'
            )
        WHEN
            kind = 'number'
            AND regexp_full_match(
                text,
                '(?i)-?[0-9.]+ *(?:kr\.?|kroner|dkk),? *(?:og *)?[0-9]{1,2}(?: *øre\.?)?'
            )
            THEN said(
                is_danish,
                'kroner og øre hver for sig: skriv beløbet som 1.234,56',
                'kroner and øre apart: write the amount as 1.234,56'
            )
        WHEN regexp_matches(text, '[½¼¾⅓⅔²³]|(?:^|[0-9] +)[0-9]+ */ *[0-9]+$')
            THEN said(
                is_danish,
                'en brøk: skriv tallet med decimaler',
                'a fraction: write the number with decimals'
            )
        WHEN regexp_full_match(text, '-?[0-9]+:[0-9]{2}(?::[0-9]{2})?')
            THEN said(
                is_danish, 'et klokkeslæt eller en varighed: ', 'a time or a duration: '
            )
            || CASE
                WHEN kind = 'hours'
                    THEN said(is_danish, 'skriv timer som 37,5', 'write hours as 37,5')
                ELSE said(
                    is_danish,
                    'formatér cellen som tal, og skriv kroner som 1.234,50',
                    'format the cell as a number and write kroner as 1.234,50'
                )
            END
        WHEN regexp_matches(text, '[0-9](?: +[.,]?|[.,] +|[''’´`_·˙٬;])[0-9]')
            THEN CASE
                WHEN regexp_matches(text, '[0-9] +[.,]?[0-9]|[0-9][.,] +[0-9]')
                    THEN said(
                        is_danish,
                        'et mellemrum mellem cifrene: ',
                        'a space between the digits: '
                    )
                WHEN regexp_matches(text, '[0-9][''’´`][0-9]')
                    THEN said(
                        is_danish,
                        'en apostrof mellem cifrene: ',
                        'an apostrophe between the digits: '
                    )
                ELSE said(
                    is_danish,
                    'et fremmed skilletegn mellem cifrene: ',
                    'a foreign sign between the digits: '
                )
            END
            || CASE
                WHEN kind = 'hours'
                    THEN said(is_danish, 'skriv timer som 37,5', 'write hours as 37,5')
                WHEN
                    regexp_full_match(
                        text, '-?[0-9]{1,3}(?:[ .''’´`_·˙٬;][0-9]{3})+(?:[.,][0-9]{1,2})?'
                    )
                    THEN said(
                        is_danish,
                        'skriv tusinder med punktum',
                        'write thousands with a point'
                    )
                ELSE said(is_danish, 'skriv beløbet som 1.234,56', 'write the amount as 1.234,56')
            END
        WHEN
            regexp_full_match(text, '(?i)[0-9.,]*[0-9] *(?:(?:kr|kroner|dkk)\.?)? *[-\x{2013}]')
            THEN said(
                is_danish,
                'minus efter tallet: skriv det foran',
                'a minus behind the number: write it before'
            )
        WHEN
            regexp_full_match(
                text, '-?[0-9.,]*[0-9][.,] *[-\x{2012}-\x{2015}]{1,2}'
            )
            THEN said(
                is_danish,
                'streg i stedet for øre: skriv tallet alene',
                'a dash for the decimals: write the number alone'
            )
        WHEN regexp_full_match(text, '\(.*\)')
            THEN said(
                is_danish,
                'parentes om tallet: skriv minus foran',
                'parentheses around the number: write a minus before it'
            )
        WHEN regexp_full_match(text, '[-\x{2013}] +[0-9.,]+')
            THEN said(
                is_danish,
                'et mellemrum efter minusset: slet det',
                'a space behind the minus: delete it'
            )
        WHEN regexp_full_match(text, '[-\x{2013}]{2,} *[0-9.,]+')
            THEN said(is_danish, 'to minusser: skriv ét', 'two minus signs: write one')
        WHEN regexp_matches(text, '^-?0+\.[0-9]{3}$')
            THEN said(
                is_danish,
                'en første gruppe af nuller: brug komma som decimaltegn',
                'a first group of zeros: use a comma as the decimal sign'
            )
        WHEN regexp_full_match(text, '-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}')
            THEN said(
                is_danish,
                'punktum skiller tusinder: brug komma som decimaltegn',
                'a point groups thousands: use a comma as the decimal sign'
            )
        WHEN regexp_full_match(text, '-?[1-9][0-9]{0,2},[0-9]{3}')
            THEN said(
                is_danish,
                'tre cifre efter kommaet: tusinder skilles med punktum, og der er '
                || 'højst to decimaler',
                'three digits behind the comma: thousands take a point, and there are '
                || 'at most two decimals'
            )
        WHEN regexp_matches(text, '^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$')
            THEN said(
                is_danish,
                'komma skiller tusinder: skriv 1.234,56',
                'commas group thousands: write 1.234,56'
            )
        WHEN
            kind = 'number'
            AND regexp_matches(text, '[0-9]')
            AND regexp_matches(
                text,
                '(?i)€|\$|£|(?:^|[^\p{L}])(?:euros?|eur|usd|gbp|sek|nok)(?:[^\p{L}]|$)'
            )
            THEN said(
                is_danish,
                'en valuta: skriv beløbet i danske kroner',
                'a currency: write the amount in Danish kroner'
            )
        WHEN
            kind = 'number'
            AND regexp_full_match(
                text,
                '(?i)-?(?:kr|kroner|dkk)[.:]? *-?[0-9.,]+(?:,-)?(?: *(?:kr|kroner|dkk)\.?)?'
                || '|-?[0-9.,]+ *(?:kr|kroner|dkk)\.?'
            )
            THEN said(
                is_danish,
                'en valuta: kun "kr." efter beløbet kan læses',
                'a currency: only "kr." behind the amount can be read'
            )
        WHEN
            kind = 'hours'
            AND regexp_matches(text, '[0-9]')
            AND regexp_matches(text, '(?i)(?:^|[^\p{L}])(?:kr|kroner|dkk)(?:[^\p{L}]|$)')
            THEN said(
                is_danish,
                'et beløb: skriv timer om ugen',
                'an amount: write hours a week'
            )
        WHEN regexp_matches(text, '^\+')
            THEN said(is_danish, 'et plus foran: slet det', 'a plus before it: delete it')
        WHEN regexp_full_match(text, '-?[0-9.]+,[0-9]{3,}|-?[0-9]+\.[0-9]{4,}')
            THEN said(is_danish, 'højst to decimaler', 'at most two decimals')
        WHEN
            regexp_full_match(text, '[-0-9.,OoIl]*[0-9][-0-9.,OoIl]*|[OoIl]')
            AND regexp_matches(text, '[OoIl]')
            THEN said(
                is_danish,
                'et bogstav blandt cifrene, O for 0 eller l for 1',
                'a letter among the digits, O for 0 or l for 1'
            )
        WHEN regexp_full_match(text, '[0-9.,]+(?: *[+*x×/] *[0-9.,]+)+')
            THEN said(
                is_danish,
                'et regnestykke: skriv resultatet',
                'a calculation: write the result'
            )
        WHEN regexp_full_match(text, '[0-9.,]+ *[-\x{2013}] *[0-9.,]+')
            THEN said(is_danish, 'to tal: skriv ét', 'two numbers: write one')
        WHEN regexp_full_match(text, '[-0-9.]{16,}(?:,[0-9]+)?')
            THEN said(is_danish, 'et for stort tal', 'too large a number')
        WHEN regexp_full_match(text, '[.,][0-9]+|[0-9.,]*[0-9][.,]')
            THEN said(
                is_danish,
                'et skilletegn i kanten af tallet: skriv 0,50 eller 1.234',
                'a sign at the number''s edge: write 0,50 or 1.234'
            )
        WHEN regexp_full_match(text, '-?[0-9.,]*[0-9][0-9.,]*')
            THEN said(
                is_danish,
                'punktum og komma står ikke, som de skal: skriv 1.234,56',
                'points and commas are not where they should be: write 1.234,56'
            )
    END
