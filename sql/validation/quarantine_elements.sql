-- Adds the rows of grundelementer that fail a rule. The place in braces takes the rule's own query.
INSERT INTO run.element_quarantine (delivery_no, row_no, code, action)
SELECT delivery_no, row_no, $code, $action
FROM ({failing})
