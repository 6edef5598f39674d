-- Grain: rule on rows, its table. Key: code, table_name. action: 'reject' or 'remark'. row_count: rows that break the
-- rule; a row that breaks several is counted under each.
SELECT q.code, q.table_name, q.action, count(*) AS row_count, count(DISTINCT p.project_id) AS project_count
FROM run.quarantine AS q
JOIN run.projects AS p USING (delivery_no)
GROUP BY q.code, q.table_name, q.action
ORDER BY row_count DESC, q.code, q.table_name
