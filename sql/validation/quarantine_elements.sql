-- Adds the rows of grundelementer that fail its rules. $actions: as in quarantine.
INSERT INTO run.element_quarantine (delivery_no, row_no, code, action)
SELECT f.delivery_no, f.row_no, f.rule, a.action
FROM run.failing AS f
LEFT JOIN (SELECT unnest($actions, recursive := true)) AS a ON f.rule = a.code
