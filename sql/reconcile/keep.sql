-- Keeps the run's reconciliations.
INSERT INTO core_reconciliations
SELECT $run_id, $settled_year::INTEGER, equation, subject, unit, left_side, right_side
FROM run.reconciliations
ORDER BY equation, subject
