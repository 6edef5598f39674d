-- As text_hint, of an amount, hours or a number that can't be read.
CREATE OR REPLACE MACRO number_hint(text, is_danish) AS coalesce(
    ' (' || number_flaw(text, is_danish) || ')', ''
)
