-- Whether a text is an amount, without its unit, of one group of thousands alone: 1.234 may be
-- meant as 1,234 too.
CREATE OR REPLACE MACRO is_one_group(amount) AS
    regexp_full_match(amount, '[-\x{2212}]?[0-9]{1,3}\.[0-9]{3}') AND as_amount(amount) IS NOT NULL
