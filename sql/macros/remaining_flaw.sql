-- What is wrong with a value where neither its kind's flaw nor text_flaw says it, in Danish or
-- English; null where there is nothing to say. kind: as in hint.
CREATE OR REPLACE MACRO remaining_flaw(kind, text, is_danish) AS
    CASE
        WHEN kind IN ('date', 'number', 'hours') AND contains(text, '******-****')
            THEN said(
                is_danish,
                'cifre som et cpr-nummers, der aldrig vises',
                'digits as of a CPR number, which is never shown'
            )
        WHEN
            kind = 'date'
            AND regexp_matches(
                text,
                '(?:^|[^0-9])'
                || '(?:[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})'
                || '(?:[^0-9]|$)'
            )
            THEN said(
                is_danish,
                'andet end datoen i cellen: skriv datoen alene',
                'more than the date in the cell: write the date alone'
            )
        WHEN kind = 'date' AND regexp_matches(text, '[0-9]')
            THEN said(is_danish, 'skriv datoen som dd-mm-åååå', 'write the date as dd-mm-yyyy')
        WHEN
            kind IN ('number', 'hours')
            AND regexp_matches(
                text, '^[-0-9.,]*[0-9].*\p{Latin}|\p{Latin}.*[0-9]|[0-9][*#?~]|[*#?~] *[0-9]'
            )
            THEN said(
                is_danish, 'andet end tallet i cellen: ', 'more than the number in the cell: '
            )
            || CASE
                WHEN kind = 'hours'
                    THEN said(
                        is_danish,
                        'skriv timer om ugen som et tal alene',
                        'write hours a week as a number alone'
                    )
                ELSE said(
                    is_danish,
                    'skriv hele beløbet i kroner som et tal alene, med minus foran, hvis det '
                    || 'trækkes fra',
                    'write the whole amount in kroner as a number alone, with a minus before it '
                    || 'if it is deducted'
                )
            END
        WHEN
            kind = 'cvr'
            AND regexp_matches(text, '[0-9]{8}|[0-9]{2} [0-9]{2} [0-9]{2} [0-9]{2}')
            THEN said(
                is_danish,
                'andet end nummeret i cellen: skriv de otte cifre alene',
                'more than the number in the cell: write the eight digits alone'
            )
    END
