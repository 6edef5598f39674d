-- A date as municipalities write it: dd-mm-yyyy, dd.mm.yyyy, dd/mm/yyyy, yyyy-mm-dd; null where it
-- is none of them. There is no year 0000.
CREATE OR REPLACE MACRO as_date(text) AS
    CASE
        WHEN text = '' OR contains(text, '0000') THEN NULL
        WHEN regexp_full_match(
            text, '[0-9]{1,2}(?:-[0-9]{1,2}-|\.[0-9]{1,2}\.|/[0-9]{1,2}/)[0-9]{4}'
        )
            THEN TRY_CAST(
                right(text, 4)
                || '-' || regexp_extract(text, '^[0-9]+[-./]([0-9]+)', 1)
                || '-' || regexp_extract(text, '^[0-9]+')
                AS DATE
            )
        WHEN regexp_full_match(text, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') THEN TRY_CAST(text AS DATE)
    END
