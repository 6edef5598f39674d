-- A text cell of a file that is handed to others: what a spreadsheet would read as a formula gets
-- an apostrophe before it, at the text's start and after what may be taken for the end of a cell.
-- The same as tasks.base.cells.plain_cell.
CREATE OR REPLACE MACRO plain_cell(text) AS
    CASE WHEN left(text, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) THEN '''' ELSE '' END
    || regexp_replace(text, '([;\t\r\n][ "]*)([=+@-])', '\1''\2', 'g')
