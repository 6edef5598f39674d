-- Keeps the outcome of every rule that the run judged.
INSERT INTO core_expectation_results
SELECT $run_id, p.settled_year, r.*
FROM run.expectation_results AS r
CROSS JOIN run.programme AS p
