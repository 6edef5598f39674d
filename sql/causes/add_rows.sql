-- Adds the registrations behind the lines of changes.
INSERT INTO run.cause_rows BY NAME
SELECT
    c.project_id,
    c.year,
    g.position,
    c.subject,
    c.key,
    c.earlier_delivery_no,
    c.earlier_row_no,
    c.earlier_day,
    c.earlier_dkk,
    c.delivery_no,
    c.row_no,
    c.day,
    c.now_dkk
FROM run.changes AS c
JOIN run.cause_groups AS g
    ON g.project_id = c.project_id
    AND g.year = c.year
    AND g.transition = c.transition
    AND g.subject = c.subject
    AND g.change = c.change
    AND g.why = c.why
    AND g.other_year IS NOT DISTINCT FROM
        CASE c.change WHEN 'moved_in' THEN year(c.earlier_day) WHEN 'moved_out' THEN year(c.day) END
    AND (c.subject = 'wages' OR (g.earlier_rate_dkk = c.earlier_dkk AND g.rate_dkk = c.now_dkk))
