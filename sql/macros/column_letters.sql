-- A column's place, counted from 1, as a spreadsheet names it: A, Z, AA, XFD.
CREATE OR REPLACE MACRO column_letters(place) AS
    CASE WHEN place > 702 THEN chr(65 + ((place - 703) // 676)::INTEGER) ELSE '' END
    || CASE WHEN place > 26 THEN chr(65 + ((place - 27) // 26 % 26)::INTEGER) ELSE '' END
    || chr(65 + ((place - 1) % 26)::INTEGER)
