-- As text_hint, of a CVR number that is not one.
CREATE OR REPLACE MACRO cvr_hint(text, is_danish) AS coalesce(
    ' (' || cvr_flaw(text, is_danish) || ')', ''
)
