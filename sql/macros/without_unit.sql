-- An amount without the 'kr.' that may follow it, behind white space.
CREATE OR REPLACE MACRO without_unit(text) AS regexp_replace(text, '[\s\x{A0}\x{202F}]*kr\.$', '')
