-- Whether a text is a date, year last, that exists month first and can't be day first: 06/30/2016.
CREATE OR REPLACE MACRO is_month_first(text) AS
    regexp_full_match(
        text,
        '(?:0?[1-9]|1[0-2])(?:-(?:1[3-9]|2[0-9]|3[01])-'
        || '|\.(?:1[3-9]|2[0-9]|3[01])\.|/(?:1[3-9]|2[0-9]|3[01])/)[0-9]{4}'
    )
    AND as_date(
        regexp_extract(text, '^[0-9]+[-./]([0-9]+)', 1)
        || '-'
        || regexp_extract(text, '^[0-9]+')
        || '-'
        || right(text, 4)
    ) IS NOT NULL
