-- Grain: delivery of run.turns, with the share of rows that may be gone, and its as-of date. In the
-- order of the turns.
SELECT t.project_id, t.delivery_no, t.as_of_date, t.is_waived, p.hold_gone_share
FROM run.turns AS t
JOIN run.projects AS p USING (project_id)
ORDER BY t.project_id, t.turn
