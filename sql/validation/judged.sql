-- Grain: rule that was judged. Key: code.
SELECT code, unexpected, row_count, error_class IS NOT NULL AS is_crashed
FROM run.expectation_results
