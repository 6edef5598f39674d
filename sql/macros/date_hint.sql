-- As text_hint, of a date that can't be read.
CREATE OR REPLACE MACRO date_hint(text, is_danish) AS
    CASE
        WHEN text IS NULL THEN ''
        WHEN regexp_full_match(text, '[0-9]{5}(?:\.[0-9]+)?') THEN
            CASE
                WHEN is_danish
                    THEN ' (et tal, formentlig en datos serienummer: formatér cellen som dato)'
                ELSE ' (a number, probably a date''s serial number: format the cell as a date)'
            END
        WHEN is_month_first(text) THEN
            CASE
                WHEN is_danish THEN ' (måneden står først: skriv dagen først)'
                ELSE ' (month first: write the day first)'
            END
        WHEN
            regexp_matches(
                text, '^[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}[T ]+[0-9]{1,2}[:.][0-9]{2}'
            )
            THEN
            CASE
                WHEN is_danish THEN ' (en dato med klokkeslæt: skriv datoen alene)'
                ELSE ' (a date with a time: write the date alone)'
            END
        WHEN regexp_full_match(text, '[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2}') THEN
            CASE
                WHEN is_danish THEN ' (skriv året med fire cifre)'
                ELSE ' (write the year with four digits)'
            END
        WHEN regexp_full_match(text, '[0-9]{8}') THEN
            CASE
                WHEN is_danish THEN ' (en dato uden skilletegn)'
                ELSE ' (a date without separators)'
            END
        ELSE text_hint(text, is_danish)
    END
