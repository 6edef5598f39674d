-- Grain: project that has a delivery in force. Key: delivery_no. In the order of projects. rows: of
-- all its tables.
SELECT p.delivery_no, coalesce(sum(n.received), 0)::BIGINT AS rows
FROM run.projects AS p
LEFT JOIN core_row_counts AS n USING (delivery_no)
WHERE p.delivery_no IS NOT NULL
GROUP BY p.project_id, p.delivery_no
ORDER BY p.project_id
