-- What may stand after the sixth digit of a CPR number in a text: up to three hyphens, dashes (U+2010 to U+2015, U+2212),
-- underscores (folding makes them of hyphens and spaces), tabs or spaces (U+00A0 and U+202F too). The same characters
-- stand in tasks/base/cpr.py; a test holds them together.
CREATE OR REPLACE MACRO cpr_separators() AS
    '[-_ ' || chr(9) || chr(160) || chr(8208) || '-' || chr(8213) || chr(8239) || chr(8722) || ']{0,3}'
