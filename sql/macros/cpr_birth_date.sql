-- The birth date in a CPR number; null where there is no such date. A day of 61-91 is an
-- administrative number's. The seventh digit gives the century.
CREATE OR REPLACE MACRO cpr_birth_date(number) AS
    day_of(
        CASE
            WHEN number // 1000 % 10 <= 3 THEN 1900
            WHEN number // 1000 % 10 IN (4, 9)
                THEN CASE WHEN number // 10000 % 100 <= 36 THEN 2000 ELSE 1900 END
            WHEN number // 10000 % 100 <= 57 THEN 2000
            ELSE 1800
        END + number // 10000 % 100,
        number // 1000000 % 100,
        CASE
            WHEN number // 100000000 BETWEEN 61 AND 91 THEN number // 100000000 - 60
            ELSE number // 100000000
        END
    )
