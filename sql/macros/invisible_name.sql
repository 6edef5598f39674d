-- The name of a character that can't be seen and a space behind it, in Danish or English; '' where
-- it has none of its own. The same names stand in tasks/intake/characters.py; a test holds them
-- together.
CREATE OR REPLACE MACRO invisible_name(character, is_danish) AS
    CASE ord(character)
        WHEN 7 THEN said(is_danish, 'klokke ', 'bell ')
        WHEN 8 THEN said(is_danish, 'tilbage ', 'backspace ')
        WHEN 11 THEN said(is_danish, 'lodret tabulator ', 'vertical tab ')
        WHEN 12 THEN said(is_danish, 'sideskift ', 'form feed ')
        WHEN 26 THEN said(is_danish, 'Ctrl-Z ', 'Ctrl-Z ')
        WHEN 27 THEN said(is_danish, 'escape ', 'escape ')
        WHEN 127 THEN said(is_danish, 'slet ', 'delete ')
        WHEN 133 THEN said(is_danish, 'næste linje ', 'next line ')
        WHEN 1564 THEN said(is_danish, 'arabisk retningsmærke ', 'Arabic letter mark ')
        WHEN 6158 THEN said(is_danish, 'mongolsk vokalskille ', 'Mongolian vowel separator ')
        WHEN 8206 THEN said(is_danish, 'venstre-mod-højre-mærke ', 'left-to-right mark ')
        WHEN 8207 THEN said(is_danish, 'højre-mod-venstre-mærke ', 'right-to-left mark ')
        WHEN 8232 THEN said(is_danish, 'linjeseparator ', 'line separator ')
        WHEN 8233 THEN said(is_danish, 'afsnitsseparator ', 'paragraph separator ')
        WHEN 8234 THEN said(is_danish, 'retningsmærke ', 'left-to-right embedding ')
        WHEN 8236 THEN said(is_danish, 'slut på retning ', 'pop directional formatting ')
        WHEN 8289 THEN said(is_danish, 'funktionsmærke ', 'function application ')
        WHEN 8294 THEN said(is_danish, 'retningsmærke ', 'left-to-right isolate ')
        WHEN 8297 THEN said(is_danish, 'slut på retning ', 'pop directional isolate ')
        ELSE ''
    END
