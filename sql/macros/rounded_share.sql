-- numerator / denominator with four decimals, exact, half up (away from zero); null where the
-- denominator is null or 0. Whole numbers, the denominator above 0.
CREATE OR REPLACE MACRO rounded_share(numerator, denominator) AS
    CASE
        WHEN denominator > 0 THEN (
            sign(numerator)
            * ((20000 * abs(numerator) + denominator) // (2 * denominator))
        )::BIGINT::DECIMAL(18, 0) * 0.0001::DECIMAL(5, 4)
    END::DECIMAL(18, 4)
