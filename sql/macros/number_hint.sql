-- As text_hint, of an amount, hours or a number that can't be read.
CREATE OR REPLACE MACRO number_hint(text, is_danish) AS
    CASE
        WHEN text IS NULL THEN ''
        WHEN regexp_matches(text, '[0-9] +[0-9]') THEN
            CASE
                WHEN is_danish THEN ' (et mellemrum mellem cifrene: skriv tusinder med punktum)'
                ELSE ' (a space between the digits: write thousands with a point)'
            END
        WHEN regexp_matches(text, '[0-9][''’][0-9]') THEN
            CASE
                WHEN is_danish THEN ' (en apostrof mellem cifrene: skriv tusinder med punktum)'
                ELSE ' (an apostrophe between the digits: write thousands with a point)'
            END
        WHEN
            regexp_full_match(text, '[0-9.,]+ *,?[-\x{2013}\x{2212}]')
            AND NOT regexp_matches(text, ',[-\x{2013}]$')
            THEN
            CASE
                WHEN is_danish THEN ' (minus efter tallet: skriv det foran)'
                ELSE ' (a minus behind the number: write it before)'
            END
        WHEN regexp_full_match(text, '[0-9.]+,[-\x{2013}\x{2014}]') THEN
            CASE
                WHEN is_danish THEN ' (streg i stedet for øre: skriv tallet alene)'
                ELSE ' (a dash for the decimals: write the number alone)'
            END
        WHEN regexp_full_match(text, '\(.*\)') THEN
            CASE
                WHEN is_danish THEN ' (parentes om tallet: skriv minus foran)'
                ELSE ' (parentheses around the number: write a minus before it)'
            END
        WHEN regexp_matches(text, '^[-\x{2212}]?0+\.[0-9]{3}$') THEN
            CASE
                WHEN is_danish THEN ' (en første gruppe af nuller: brug komma som decimaltegn)'
                ELSE ' (a first group of zeros: use a comma as the decimal sign)'
            END
        WHEN regexp_matches(text, '^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$') THEN
            CASE
                WHEN is_danish THEN ' (komma skiller tusinder: skriv 1.234,56)'
                ELSE ' (commas group thousands: write 1.234,56)'
            END
        WHEN regexp_matches(text, '(?i)kr|dkk|€|\$|eur') THEN
            CASE
                WHEN is_danish THEN ' (en valuta: kun "kr." efter beløbet kan læses)'
                ELSE ' (a currency: only "kr." behind the amount can be read)'
            END
        WHEN regexp_matches(text, '^\+') THEN
            CASE
                WHEN is_danish THEN ' (et plus foran: slet det)'
                ELSE ' (a plus before it: delete it)'
            END
        WHEN regexp_matches(text, ',[0-9]{3,}$') THEN
            CASE WHEN is_danish THEN ' (højst to decimaler)' ELSE ' (at most two decimals)' END
        ELSE text_hint(text, is_danish)
    END
