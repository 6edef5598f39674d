-- The birth date that ten CPR digits tell; null where there is no such date. A day of 61-91 is an administrative number's.
-- The seventh digit gives the century.
CREATE OR REPLACE MACRO cpr_birth_date(digits) AS
    TRY_CAST(
        CASE
            WHEN digits[7] IN ('0', '1', '2', '3') THEN '19'
            WHEN digits[7] IN ('4', '9') THEN CASE WHEN digits[5:6] <= '36' THEN '20' ELSE '19' END
            WHEN digits[5:6] <= '57' THEN '20'
            ELSE '18'
        END
        || digits[5:6]
        || '-' || digits[3:4]
        || '-' || CASE WHEN digits[1:2] BETWEEN '61' AND '91' THEN digits[1:2]::INTEGER - 60 ELSE digits[1:2]::INTEGER END
        AS DATE
    )
