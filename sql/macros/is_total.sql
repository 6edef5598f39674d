-- Whether a text labels a sum: 'I alt', 'Total 2016'.
CREATE OR REPLACE MACRO is_total(text) AS regexp_full_match(
    text, '(?i)(?:i ?alt|sum|total|subtotal|grand total|samlet|hovedtotal)\b.{0,40}'
)
