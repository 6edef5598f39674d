-- A text cell of a file that is handed to others: a text that a spreadsheet would read as a formula
-- gets an apostrophe before it.
CREATE OR REPLACE MACRO plain_cell(text) AS
    CASE WHEN left(text, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) THEN '''' || text ELSE text END
