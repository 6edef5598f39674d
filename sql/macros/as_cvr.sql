-- A CVR number: eight digits, the first not 0, whose weighted sum is divisible by 11; null where it is none.
CREATE OR REPLACE MACRO as_cvr(text) AS
    CASE
        WHEN regexp_full_match(text, '[1-9][0-9]{7}')
            AND (
                text::INTEGER // 10000000 * 2
                + text::INTEGER // 1000000 % 10 * 7
                + text::INTEGER // 100000 % 10 * 6
                + text::INTEGER // 10000 % 10 * 5
                + text::INTEGER // 1000 % 10 * 4
                + text::INTEGER // 100 % 10 * 3
                + text::INTEGER // 10 % 10 * 2
                + text::INTEGER % 10
            ) % 11 = 0
            THEN text::INTEGER
    END
