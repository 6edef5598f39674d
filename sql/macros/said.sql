-- A text in Danish, or in English.
CREATE OR REPLACE MACRO said(is_danish, da, en) AS CASE WHEN is_danish THEN da ELSE en END
