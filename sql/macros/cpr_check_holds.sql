-- Whether ten CPR digits, as written, pass the modulus-11 check.
CREATE OR REPLACE MACRO cpr_check_holds(digits) AS
    (
        digits[1]::INTEGER * 4 + digits[2]::INTEGER * 3 + digits[3]::INTEGER * 2 + digits[4]::INTEGER * 7
        + digits[5]::INTEGER * 6 + digits[6]::INTEGER * 5 + digits[7]::INTEGER * 4 + digits[8]::INTEGER * 3
        + digits[9]::INTEGER * 2 + digits[10]::INTEGER
    ) % 11 = 0
