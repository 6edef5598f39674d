-- Grain: project of the register, code that holds it. Key: both. holder: the project, or '' for the
-- portfolio. The portfolio holds no project that lacks an accepted delivery (its own codes hold it)
-- or starts later.
CREATE OR REPLACE VIEW run.holds AS
SELECT p.project_id, h.code, h.project_id AS holder
FROM run.project_facts AS p
JOIN run.project_holds AS h ON h.project_id = p.project_id OR (
        h.project_id = '' AND NOT (p.is_missing OR p.is_not_started)
    )
WHERE h.action = 'hold'
