-- A code as it is kept: folded where it is one of `codes`, otherwise as it was written, masked.
CREATE OR REPLACE MACRO kept_code(text, codes) AS
    CASE
        WHEN text = '' THEN ''
        WHEN list_contains(codes, folded(text)) THEN folded(text)
        ELSE masked(text)
    END
