-- Grain: registration of $projects that gives another amount for $year than was decided before.
-- Key: project_id, position, subject, key. earlier_*: as it was when it was decided. Rows as a
-- spreadsheet numbers them. Amounts in DKK.
SELECT
    r.project_id,
    c.of_one_da,
    r.subject,
    visible_id(r.key) AS key,
    r.earlier_row_no,
    r.earlier_day,
    r.earlier_dkk,
    r.row_no,
    r.day,
    r.now_dkk
FROM run.cause_rows AS r
JOIN run.causes AS c USING (project_id, year, position)
WHERE r.year = $year AND list_contains($projects::VARCHAR[], r.project_id)
ORDER BY r.project_id, r.position, r.subject DESC, visible_id(r.key), r.row_no, r.earlier_row_no
