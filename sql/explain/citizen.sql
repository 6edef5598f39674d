-- Grain: row of borgere with the id $citizen in the draft's delivery. Key: row. codes: the rules
-- that reject it.
SELECT
    c.row_no AS row,
    e.arm,
    c.visitationsdato,
    e.start_date,
    e.completion_date,
    coalesce(list(r.code ORDER BY r.code) FILTER (WHERE r.code IS NOT NULL), []) AS codes
FROM core_citizens AS c
LEFT JOIN draft_citizen_events AS e
    ON e.draft_no = $draft_no AND e.project_id = $project_id::VARCHAR AND e.row_no = c.row_no
LEFT JOIN draft_rejected AS r
    ON r.draft_no = $draft_no
        AND r.table_name = 'borgere'
        AND r.delivery_no = c.delivery_no
        AND r.row_no = c.row_no
WHERE c.delivery_no = $delivery_no::INTEGER AND visible_id(c.borger_id) = $citizen::VARCHAR
GROUP BY ALL
ORDER BY c.row_no
