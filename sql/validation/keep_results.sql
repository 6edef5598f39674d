-- Keeps the outcome of every rule that the run judged; one that a run makes once more is kept once.
INSERT INTO core_expectation_results
SELECT $run_id, p.settled_year, r.*
FROM run.expectation_results AS r
CROSS JOIN run.programme AS p
EXCEPT
SELECT * FROM core_expectation_results WHERE run_id = $run_id
