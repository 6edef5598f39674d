-- Grain: project of the register, code that holds it; its own first. Key: project_id, code. holder:
-- the project, or '' for the portfolio.
SELECT h.project_id, h.code, h.holder, v.message_da
FROM run.holds AS h
JOIN run.violations AS v
    ON
        v.severity = 'hold'
        AND v.row_no IS NULL
        AND v.code = h.code
        AND coalesce(v.project_id, '') = h.holder
ORDER BY h.project_id, h.holder = '', h.code
