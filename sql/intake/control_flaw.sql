-- Grain: one row. Why a control total can't be read, in Danish and English; null where it begins as
-- a number, or no flaw is known: the message then says how one is written.
SELECT
    CASE WHEN NOT regexp_matches($text, '^[0-9]') THEN text_flaw($text, true) END AS flaw_da,
    CASE WHEN NOT regexp_matches($text, '^[0-9]') THEN text_flaw($text, false) END AS flaw_en
