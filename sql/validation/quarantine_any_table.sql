-- Adds the rows that fail the rules that hold for every table. $actions: as in quarantine.
INSERT INTO run.quarantine (table_name, delivery_no, row_no, code, action)
SELECT f.table_name, f.delivery_no, f.row_no, f.rule, a.action
FROM run.failing AS f
LEFT JOIN (SELECT unnest($actions, recursive := true)) AS a ON f.rule = a.code
