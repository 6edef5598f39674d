-- What is wrong with a CPR number, by cpr_state, in Danish or English: never the number.
CREATE OR REPLACE MACRO shown_cpr(state, is_danish) AS
    CASE state
        WHEN 'blank' THEN CASE WHEN is_danish THEN 'tomt' ELSE 'blank' END
        WHEN 'formula'
            THEN CASE
                WHEN is_danish THEN 'en formel skrevet som tekst'
                ELSE 'a formula written as text'
            END
        WHEN 'apostrophe'
            THEN CASE
                WHEN is_danish THEN 'skrevet med en apostrof'
                ELSE 'written with an apostrophe'
            END
        WHEN 'scientific' THEN
            CASE
                WHEN is_danish THEN 'et tal i videnskabelig notation, hvis cifre er tabt'
                ELSE 'a number in scientific notation, whose digits are lost'
            END
        WHEN 'uncomputed'
            THEN CASE
                WHEN is_danish THEN 'en formel uden værdi'
                ELSE 'a formula without a value'
            END
        WHEN 'too_short'
            THEN CASE
                WHEN is_danish THEN 'for kort; et foranstillet nul er måske tabt'
                ELSE 'too short; leading zeros may be lost'
            END
        WHEN 'foreign_character' THEN
            CASE
                WHEN is_danish THEN 'skrevet med et fremmed eller usynligt tegn'
                ELSE 'written with a foreign or invisible character'
            END
        ELSE CASE WHEN is_danish THEN 'ikke et gyldigt cpr-nummer' ELSE 'not a valid CPR number' END
    END
