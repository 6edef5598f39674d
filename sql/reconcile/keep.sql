-- Keeps the run's reconciliations; one that a run makes once more with the same sums is kept once.
INSERT INTO core_reconciliations
SELECT $run_id, $settled_year::INTEGER AS settled_year, r.*
FROM run.reconciliations AS r
EXCEPT
SELECT * FROM core_reconciliations WHERE run_id = $run_id
ORDER BY equation, subject
