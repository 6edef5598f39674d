-- A column's place, counted from 1, as a spreadsheet names it: A, Z, AA.
CREATE OR REPLACE MACRO column_letters(place) AS
    CASE WHEN place > 26 THEN chr(64 + ((place - 1) // 26)::INTEGER) ELSE '' END
    || chr(65 + ((place - 1) % 26)::INTEGER)
