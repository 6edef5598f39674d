-- Whether a text is what stands beside a sum.
CREATE OR REPLACE MACRO is_total(text) AS regexp_full_match(
    text, '(?i)(?:i ?alt|sum|total|subtotal|grand total|samlet|hovedtotal)\b.{0,40}'
)
