-- What a value that is not understood is, in parentheses, in Danish or English; '' where nothing is
-- to be said. kind: date, number (an amount, too), hours, cvr, yes_no, code, or text. What is read
-- is no flaw: a line break and any dash in a code, an amount's unit, U+2212 as its minus, DK and
-- spaces in a CVR number. In an id (a text) a dash stays what it is. A lambda names what is left,
-- since a macro repeats what it is given.
CREATE OR REPLACE MACRO hint(kind, text, is_danish) AS coalesce(
    ' ('
    || coalesce(
        CASE
            WHEN kind = 'date' THEN date_flaw(text, is_danish)
            WHEN kind IN ('number', 'hours')
                THEN list_transform(
                    [
                        replace(
                            CASE WHEN kind = 'number' THEN without_unit(text) ELSE text END,
                            chr(8722),
                            '-'
                        )
                    ],
                    lambda number: number_flaw(kind, number, is_danish)
                )[1]
            WHEN kind = 'cvr'
                THEN list_transform(
                    [cvr_digits(text)], lambda number: cvr_flaw(number, is_danish)
                )[1]
            WHEN kind = 'yes_no' THEN yes_no_flaw(text, is_danish)
        END,
        text_flaw(
            CASE
                WHEN kind IN ('yes_no', 'code', 'text')
                    THEN regexp_replace(
                        CASE
                            WHEN kind = 'text' THEN text
                            ELSE regexp_replace(text, '[\p{Pd}\x{2212}\x{10EAD}]', '-', 'g')
                        END,
                        '\r\n|[\n\r\x{0B}\x{0C}\x{85}\x{2028}\x{2029}]',
                        ' ',
                        'g'
                    )
                ELSE text
            END,
            is_danish
        ),
        remaining_flaw(kind, text, is_danish)
    )
    || ')',
    ''
)
