-- Grain: project with a rejected row. Key: project_id. row_count: its rejected rows, each once.
-- lost_dkk: what they would have given, had each alone counted, in DKK, without those whose amount
-- can't be computed (unreckoned_count). The dearest project first.
SELECT
    p.project_id,
    count(*) AS row_count,
    coalesce(sum(v.lost_dkk), 0)::DECIMAL(38, 2) AS lost_dkk,
    count(*) - count(v.lost_dkk) AS unreckoned_count
FROM run.rejected_value AS v
JOIN run.projects AS p USING (delivery_no)
GROUP BY p.project_id
ORDER BY lost_dkk DESC, row_count DESC, p.project_id
