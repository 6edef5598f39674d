-- A character's code point: U+2011.
CREATE OR REPLACE MACRO code_point(character) AS 'U+' || lpad(to_hex(ord(character)), 4, '0')
