-- As date_flaw, of what should be ja or nej.
CREATE OR REPLACE MACRO yes_no_flaw(text, is_danish) AS
    CASE
        WHEN regexp_full_match(text, '(?i)[01xyjn]|yes|no|ja?[ ,.].*|nej?[ ,.].*')
            THEN said(is_danish, 'skriv ja eller nej', 'write ja or nej')
        WHEN regexp_full_match(text, '(?i)sand|falsk|true|false')
            THEN said(
                is_danish,
                'en sandhedsværdi: skriv ja eller nej',
                'a truth value: write ja or nej'
            )
        WHEN regexp_full_match(text, '(?i)[0-9]{1,2}(?: ?kr\.?)?')
            THEN said(
                is_danish,
                'måske ørerne af et beløb, som et komma har delt: sæt anførselstegn om beløbet, '
                || 'eller gem filen med semikolon',
                'perhaps the decimals of an amount that a comma split: put quotation marks around '
                || 'the amount, or save the file with semicolons'
            )
    END
