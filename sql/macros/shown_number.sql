-- A number of a delivery without empty decimals, or what was unreadable between quotes, or the word for blank.
CREATE OR REPLACE MACRO shown_number(number, unreadable, decimal_mark, blank, quote) AS
    coalesce(
        replace(regexp_replace(number::VARCHAR, '\.0+$', ''), '.', decimal_mark),
        quote || nullif(unreadable, '') || quote,
        blank
    )
