-- A code as it is compared: lower case, æøå as ae oe aa, a space or hyphen as an underscore.
CREATE OR REPLACE MACRO folded(text) AS
    replace(replace(replace(translate(lower(text), ' -', '__'), 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa')
