-- Adds the rows of grundelementer that have more or fewer fields than the header ($code).
INSERT INTO run.element_quarantine (delivery_no, row_no, code, action)
SELECT delivery_no, row_no, $code, 'reject'
FROM run.ragged_elements
