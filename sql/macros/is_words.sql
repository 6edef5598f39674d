-- Whether a text is words, and neither a value nor what stands for one: "8 cifre", "dd-mm-åååå".
CREATE OR REPLACE MACRO is_words(text) AS
    regexp_matches(text, '\p{Latin}{3}')
    AND NOT regexp_matches(text, '[0-9].*[0-9].*[0-9]|^[=#]|^formel uden')
    AND NOT regexp_full_match(text, '(?i)null|none|nan|nat|<na>|sand|falsk|true|false')
