-- Grain: one row, where any project has a delivery in force.
SELECT 1 FROM run.in_force LIMIT 1
