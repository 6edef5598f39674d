-- A valid CPR number in a text: one whose date exists. The same pattern stands in
-- tasks/base/cpr.py; a test holds them together.
CREATE OR REPLACE MACRO cpr_pattern() AS
    '(?:(?:'
    || '(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[13578]|1[02])[0-9]{2}'
    || '|(?:0[1-9]|[12][0-9]|30|6[1-9]|[78][0-9]|90)(?:0[469]|11)[0-9]{2}'
    || '|(?:0[1-9]|1[0-9]|2[0-8]|6[1-9]|7[0-9]|8[0-8])02[0-9]{2}'
    || '|(?:29|89)02(?:0[48]|[2468][048]|[13579][26])'
    || ')' || cpr_separators() || '[0-9]'
    || '|(?:29|89)0200' || cpr_separators() || '[4-9]'
    || ')[0-9]{3}'
