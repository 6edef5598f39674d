-- Whether a CPR number, as written, passes the modulus-11 check.
CREATE OR REPLACE MACRO cpr_check_holds(number) AS
    (
        number // 1000000000 * 4
        + number // 100000000 % 10 * 3
        + number // 10000000 % 10 * 2
        + number // 1000000 % 10 * 7
        + number // 100000 % 10 * 6
        + number // 10000 % 10 * 5
        + number // 1000 % 10 * 4
        + number // 100 % 10 * 3
        + number // 10 % 10 * 2
        + number % 10
    ) % 11 = 0
