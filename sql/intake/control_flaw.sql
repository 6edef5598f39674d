-- Grain: one row. What a control total that can't be read is, in Danish and English; null where it
-- begins as a number, or nothing is to be said: the message then says how one is written.
SELECT
    CASE WHEN NOT regexp_matches($text, '^[0-9]') THEN text_flaw($text, true) END AS flaw_da,
    CASE WHEN NOT regexp_matches($text, '^[0-9]') THEN text_flaw($text, false) END AS flaw_en
