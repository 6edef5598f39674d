-- Whether a text is a date, year last, that exists day first and, as another one, month first:
-- 03/10/2016.
CREATE OR REPLACE MACRO is_of_either_order(text) AS
    regexp_full_match(
        text,
        '(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|1[0-2])-'
        || '|\.(?:0?[1-9]|1[0-2])\.|/(?:0?[1-9]|1[0-2])/)[0-9]{4}'
    )
    AND regexp_extract(text, '^0?([0-9]+)', 1) <> regexp_extract(text, '^[0-9]+[-./]0?([0-9]+)', 1)
    AND as_date(text) IS NOT NULL
