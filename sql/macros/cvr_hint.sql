-- As text_hint, of a CVR number that is not one. A P number may read as a person's, and is masked
-- then.
CREATE OR REPLACE MACRO cvr_hint(text, is_danish) AS
    CASE
        WHEN text IS NULL THEN ''
        WHEN regexp_full_match(text, '[0-9]{10}|\*{6}-\*{4}') THEN
            CASE
                WHEN is_danish THEN ' (ti cifre som et P-nummer: skriv virksomhedens CVR-nummer)'
                ELSE ' (ten digits as a P number has: write the company''s CVR number)'
            END
        WHEN regexp_full_match(text, '[0-9]{7}') THEN
            CASE
                WHEN is_danish THEN ' (syv cifre: et foranstillet nul er måske tabt)'
                ELSE ' (seven digits: a leading zero may be lost)'
            END
        ELSE text_hint(text, is_danish)
    END
