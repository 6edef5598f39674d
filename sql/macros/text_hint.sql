-- What a text that is not understood is, in parentheses, in Danish or English; '' where nothing is
-- to be said.
CREATE OR REPLACE MACRO text_hint(text, is_danish) AS coalesce(
    ' (' || text_flaw(text, is_danish) || ')', ''
)
