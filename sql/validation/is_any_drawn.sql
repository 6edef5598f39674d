-- Grain: one row. Whether some project has a draw.
SELECT EXISTS (FROM run.draws) AS is_any_drawn
