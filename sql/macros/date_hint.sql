-- As text_hint, of a date that can't be read.
CREATE OR REPLACE MACRO date_hint(text, is_danish) AS coalesce(
    ' (' || date_flaw(text, is_danish) || ')', ''
)
