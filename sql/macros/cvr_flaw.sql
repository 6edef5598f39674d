-- As date_flaw, of what should be a CVR number (cvr_digits). A P number may read as a person's, and
-- is masked then.
CREATE OR REPLACE MACRO cvr_flaw(text, is_danish) AS
    CASE
        WHEN
            regexp_full_match(
                text,
                '(?i)(?:p[-. ]*(?:nr|nummer)?[.: ]*)?'
                || '(?:[0-9]{10}|\*{6}-\*{4}|[0-9](?:\.[0-9]{3}){3})'
            )
            THEN said(
                is_danish,
                'ti cifre som et P-nummer: skriv virksomhedens CVR-nummer',
                'ten digits as a P number has: write the company''s CVR number'
            )
        WHEN regexp_full_match(text, '[0-9]{7}')
            THEN said(
                is_danish,
                'syv cifre: der mangler ét, og det er ikke et nul foran',
                'seven digits: one is missing, and it is no leading zero'
            )
        WHEN regexp_full_match(text, '0[0-9]{7}')
            THEN said(
                is_danish,
                'det første ciffer er 0, og sådan begynder intet CVR-nummer',
                'the first digit is 0, and no CVR number begins so'
            )
        WHEN regexp_full_match(text, '[1-9][0-9]{7}')
            THEN said(
                is_danish,
                'cifrene passer ikke sammen: se efter en tastefejl',
                'the digits don''t fit together: look for a slip'
            )
        WHEN regexp_full_match(text, '[0-9]{8}[.,]0+')
            THEN said(
                is_danish,
                'et tal med decimaler: formatér kolonnen som tekst',
                'a number with decimals: format the column as text'
            )
        WHEN regexp_full_match(text, '(?:[0-9][-.,''_/]*){8}')
            THEN said(
                is_danish,
                'skilletegn mellem cifrene: skriv de otte cifre alene',
                'signs between the digits: write the eight digits alone'
            )
        WHEN regexp_full_match(text, '[0-9OoIl]*[0-9][0-9OoIl]*') AND regexp_matches(text, '[OoIl]')
            THEN said(
                is_danish,
                'et bogstav blandt cifrene, O for 0 eller l for 1',
                'a letter among the digits, O for 0 or l for 1'
            )
        WHEN regexp_full_match(text, '[0-9]+')
            THEN said(is_danish, 'ikke otte cifre', 'not eight digits')
        WHEN regexp_matches(text, '[0-9]{8}[^0-9]+[0-9]{8}')
            THEN said(is_danish, 'to numre: skriv ét', 'two numbers: write one')
    END
