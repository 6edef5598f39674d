-- A character's code point: U+2011.
CREATE OR REPLACE MACRO code_point(character) AS 'U+' || format('{:04X}', ord(character))
