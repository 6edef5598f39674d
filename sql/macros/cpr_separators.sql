-- What may stand after the sixth digit of a CPR number in a text: up to three hyphens, Unicode's
-- dashes (Pd, U+2212), its spaces (Zs), tabs, or underscores (folding makes them of hyphens and
-- spaces). RE2's own table of dashes is older than U+10EAD. The same characters stand in
-- tasks/base/cpr.py; a test holds them together.
CREATE OR REPLACE MACRO cpr_separators() AS '[-_\t\p{Zs}\p{Pd}\x{2212}\x{10EAD}]{0,3}'
