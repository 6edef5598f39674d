-- Grain: sum that is not what it should be. There should be none.
SELECT equation, subject, unit, left_side, right_side
FROM run.reconciliations
WHERE left_side <> right_side
ORDER BY equation, subject
