-- Adds the rows that fail. $table_name: the suite's table; null where each row names its own.
-- $actions: a list of structs, each rule's code and action.
INSERT INTO run.quarantine (table_name, delivery_no, row_no, code, action)
SELECT coalesce($table_name, f.table_name), f.delivery_no, f.row_no, f.rule, a.action
FROM run.failing AS f
LEFT JOIN (SELECT unnest($actions, recursive := true)) AS a ON f.rule = a.code
