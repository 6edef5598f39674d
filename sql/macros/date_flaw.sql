-- What a date that can't be read is, in Danish or English; null where nothing is to be said that
-- is said of dates alone.
CREATE OR REPLACE MACRO date_flaw(text, is_danish) AS
    CASE
        WHEN
            regexp_full_match(text, '0+(?::00){0,2}|00?[-./]0?1[-./]1900|1900-01-00')
            THEN said(
                is_danish,
                'et nul (00-01-1900 eller 00:00), måske fra en formel, der peger på en tom celle: '
                || 'tøm cellen, eller skriv datoen',
                'a zero (00-01-1900 or 00:00), perhaps of a formula that refers to a blank cell: '
                || 'clear the cell, or write the date'
            )
        WHEN regexp_full_match(text, '-?[0-9]+(?::[0-9]{2}){1,2}(?:\.[0-9]+)?')
            THEN said(
                is_danish,
                'et klokkeslæt eller en varighed: skriv datoen som dd-mm-åååå',
                'a time or a duration: write the date as dd-mm-yyyy'
            )
        WHEN regexp_full_match(text, '[0-9]{5}(?:[.,][0-9]+)?')
            THEN said(
                is_danish,
                'et tal, formentlig en datos serienummer: formatér cellen som dato',
                'a number, probably a date''s serial number: format the cell as a date'
            )
        WHEN regexp_full_match(text, '[0-9]{10}|[0-9]{13}')
            THEN said(
                is_danish,
                'et tidsstempel fra et program: skriv en dato',
                'a program''s time stamp: write a date'
            )
        WHEN is_month_first(text)
            THEN said(
                is_danish,
                'måneden står først: skriv dagen først',
                'month first: write the day first'
            )
        WHEN
            regexp_matches(
                text, '^[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}[T ,]+(?:kl[.:]? *)?[0-9]{1,2}'
            )
            THEN said(
                is_danish,
                'en dato med klokkeslæt: skriv datoen alene',
                'a date with a time: write the date alone'
            )
        WHEN regexp_full_match(text, '[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2}')
            THEN said(is_danish, 'skriv året med fire cifre', 'write the year with four digits')
        WHEN regexp_full_match(text, '[0-9]{8}|[0-9]{6}')
            THEN said(
                is_danish,
                'en dato uden skilletegn: skriv dd-mm-åååå',
                'a date without separators: write dd-mm-yyyy'
            )
        WHEN regexp_full_match(text, '[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}')
            THEN said(
                is_danish,
                'året står først: skriv åååå-mm-dd med bindestreger, eller dd-mm-åååå',
                'year first: write yyyy-mm-dd with hyphens, or dd-mm-yyyy'
            )
        WHEN
            regexp_full_match(text, '[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4}')
            AND NOT regexp_full_match(text, '[0-9]+(?:-[0-9]+-|\.[0-9]+\.|/[0-9]+/)[0-9]+')
            THEN said(
                is_danish,
                'to slags skilletegn: brug det samme',
                'two kinds of separators: use one'
            )
        WHEN
            regexp_full_match(
                text, '[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}'
            )
            THEN said(
                is_danish,
                'en dato, der ikke findes i kalenderen',
                'a date that is not in the calendar'
            )
        WHEN regexp_full_match(text, '[0-9]{1,2}[ _,][0-9]{1,2}[ _,][0-9]{4}')
            THEN said(
                is_danish,
                'et skilletegn, der ikke kan læses: skriv dd-mm-åååå',
                'a separator that can''t be read: write dd-mm-yyyy'
            )
        WHEN regexp_full_match(text, '[0-9]{4}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{4}')
            THEN said(
                is_danish,
                'måned og år alene: skriv også dagen',
                'month and year alone: write the day as well'
            )
        WHEN regexp_full_match(text, '[0-9]{4}')
            THEN said(
                is_danish,
                'et årstal alene: skriv hele datoen',
                'a year alone: write the whole date'
            )
        WHEN regexp_full_match(text, '[0-9]{1,2}[-./][0-9]{1,2}[-./]?')
            THEN said(
                is_danish,
                'uden år: skriv hele datoen',
                'without a year: write the whole date'
            )
        WHEN regexp_matches(text, '(?i)(?:^|[^a-zæøå])(?:uge|week|kvartal|quarter|[wq][0-9])')
            THEN said(
                is_danish,
                'en uge eller et kvartal: skriv en dato',
                'a week or a quarter: write a date'
            )
        WHEN
            regexp_matches(text, '(?i)jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec')
            AND regexp_matches(text, '[0-9]')
            THEN said(
                is_danish,
                'måneden med bogstaver: skriv den med tal, dd-mm-åååå',
                'the month in letters: write it in digits, dd-mm-yyyy'
            )
        WHEN
            regexp_full_match(text, '[-0-9./OoIl]*[0-9][-0-9./OoIl]*')
            AND regexp_matches(text, '[OoIl]')
            THEN said(
                is_danish,
                'et bogstav blandt cifrene, O for 0 eller l for 1',
                'a letter among the digits, O for 0 or l for 1'
            )
    END
