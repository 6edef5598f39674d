-- A date of a delivery: in `pattern`, or what was unreadable between quotes, or the word for blank.
CREATE OR REPLACE MACRO shown_date(day, unreadable, pattern, blank, quote) AS
    coalesce(strftime(day, pattern), quote || unreadable || quote, blank)
