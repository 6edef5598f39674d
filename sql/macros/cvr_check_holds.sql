-- Whether the weighted sum of a CVR number's digits is divisible by 11.
CREATE OR REPLACE MACRO cvr_check_holds(number) AS
    (
        number // 10000000 * 2
        + number // 1000000 % 10 * 7
        + number // 100000 % 10 * 6
        + number // 10000 % 10 * 5
        + number // 1000 % 10 * 4
        + number // 100 % 10 * 3
        + number // 10 % 10 * 2
        + number % 10
    ) % 11 = 0
