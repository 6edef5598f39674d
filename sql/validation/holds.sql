-- Grain: project of the register, code that holds it. Key: both. holder: the project, or '' for the
-- portfolio. The portfolio holds no project that lacks an accepted delivery (its own codes hold it)
-- or starts later.
CREATE OR REPLACE VIEW run.holds AS
SELECT p.project_id, h.code, h.project_id AS holder
FROM run.projects AS p
JOIN run.project_holds AS h ON h.project_id = p.project_id OR (
        h.project_id = '' AND p.delivery_no IS NOT NULL AND p.start_date <= p.year_last_day
    )
WHERE h.action = 'hold'
