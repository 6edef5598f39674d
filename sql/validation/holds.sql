-- Grain: project of the register, code that holds it. Key: both. holder: the project, or '' for the portfolio, which
-- does not hold a project without an accepted delivery: that one has its own codes alone.
CREATE OR REPLACE VIEW run.holds AS
SELECT p.project_id, h.code, h.project_id AS holder
FROM run.projects AS p
JOIN run.project_holds AS h ON h.project_id = p.project_id OR (h.project_id = '' AND p.delivery_no IS NOT NULL)
WHERE h.action = 'hold'
