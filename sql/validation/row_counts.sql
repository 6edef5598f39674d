-- Grain: project, suite. Key: both. rows: of the suite's batch.
SELECT project_id, 'rows' AS suite, sum(received)::BIGINT AS rows
FROM run.projects
JOIN core_row_counts USING (delivery_no)
WHERE table_name <> 'grundelementer'
GROUP BY project_id
UNION ALL
SELECT project_id, 'borgere', count(*) FROM run.citizens GROUP BY project_id
UNION ALL
SELECT project_id, 'draw', count(*) FROM run.drawn_citizens GROUP BY project_id
UNION ALL
SELECT project_id, 'forloeb', count(*) FROM run.spells GROUP BY project_id
UNION ALL
SELECT project_id, 'udgifter', count(*) FROM run.expenses GROUP BY project_id
UNION ALL
SELECT project_id, 'grundelementer', count(*) FROM run.element_rows GROUP BY project_id
UNION ALL
SELECT project_id, 'delivery', count(*) FROM run.reported_receipts GROUP BY project_id
UNION ALL
SELECT project_id, 'project', count(*) FROM run.projects GROUP BY project_id
UNION ALL
SELECT project_id, 'draw_record', count(*) FROM run.draw_facts GROUP BY project_id
