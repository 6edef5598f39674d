-- Whether a text is an amount, without its unit, whose decimal sign is a point: 12.50.
CREATE OR REPLACE MACRO has_point_decimals(amount) AS regexp_full_match(
    amount, '[-\x{2212}]?[0-9]+\.[0-9]{1,2}'
)
