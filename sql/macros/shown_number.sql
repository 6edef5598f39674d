-- A number of a delivery: as written, between quotes, where that is kept; otherwise without empty
-- decimals, or the word for blank.
CREATE OR REPLACE MACRO shown_number(number, written, decimal_mark, blank, quote) AS
    coalesce(
        quote || nullif(written, '') || quote,
        replace(regexp_replace(number::VARCHAR, '\.0+$', ''), '.', decimal_mark),
        blank
    )
