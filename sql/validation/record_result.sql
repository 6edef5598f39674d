-- Adds the outcome of one rule.
INSERT INTO run.expectation_results
VALUES ($code, $suite, $action, $severity, $passed, $unexpected, $rows, $error_class)
