-- A known code as it was written, where it is kept as another text; null where it is not.
CREATE OR REPLACE MACRO written_code(text, kept) AS
    CASE WHEN text <> kept THEN nullif(masked(text), kept) END
