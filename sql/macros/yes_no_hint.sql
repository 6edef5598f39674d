-- As text_hint, of what should be ja or nej.
CREATE OR REPLACE MACRO yes_no_hint(text, is_danish) AS coalesce(
    ' (' || yes_no_flaw(text, is_danish) || ')', ''
)
