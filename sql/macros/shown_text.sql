-- A text of a delivery between quotes, or the word for blank.
CREATE OR REPLACE MACRO shown_text(text, blank, quote) AS coalesce(
    quote || nullif(text, '') || quote, blank
)
