-- Grain: rule on rows, its table. Key: code, table_name. action: 'reject' or 'remark'. row_count:
-- rows that break the rule; a row that breaks several is counted under each. lost_dkk: what the
-- rows would have given, had each alone counted, in DKK, without those whose amount can't be
-- computed (unreckoned_count). The dearest rule first.
SELECT
    q.code,
    q.table_name,
    q.action,
    count(*) AS row_count,
    count(DISTINCT p.project_id) AS project_count,
    coalesce(sum(v.lost_dkk), 0)::DECIMAL(38, 2) AS lost_dkk,
    count(v.row_no) - count(v.lost_dkk) AS unreckoned_count
FROM run.quarantine AS q
JOIN run.projects AS p USING (delivery_no)
LEFT JOIN run.rejected_value AS v USING (table_name, delivery_no, row_no)
GROUP BY q.code, q.table_name, q.action
ORDER BY lost_dkk DESC, row_count DESC, q.code, q.table_name
