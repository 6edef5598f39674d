-- An amount without the 'kr.' that may follow it, behind spaces that break or, as Word writes them, do not (U+00A0, U+202F).
CREATE OR REPLACE MACRO without_unit(text) AS regexp_replace(text, '[\s\x{A0}\x{202F}]*kr\.$', '')
