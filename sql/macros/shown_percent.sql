-- A share as a percentage with at most two decimals.
CREATE OR REPLACE MACRO shown_percent(share, decimal_mark) AS
    replace(
        regexp_replace(round(100 * share, 2)::DECIMAL(18, 2)::VARCHAR, '\.?0+$', ''),
        '.',
        decimal_mark
    )
