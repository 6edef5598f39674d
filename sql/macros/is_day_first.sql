-- Whether a text is a date, year last, that exists day first and can't be month first: 30/06/2016.
CREATE OR REPLACE MACRO is_day_first(text) AS
    regexp_full_match(
        text, '(?:1[3-9]|2[0-9]|3[01])(?:-[0-9]{1,2}-|\.[0-9]{1,2}\.|/[0-9]{1,2}/)[0-9]{4}'
    )
    AND as_date(text) IS NOT NULL
