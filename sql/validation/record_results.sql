-- Adds the outcomes of rules: $verdicts, a list of structs.
INSERT INTO run.expectation_results
SELECT v.code, v.suite, v.action, v.severity, v.passed, v.unexpected, v.rows, v.error_class
FROM (SELECT unnest($verdicts) AS v)
