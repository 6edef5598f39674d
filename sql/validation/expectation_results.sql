-- Grain: rule that was judged in this run. Key: code. Counts only, no values. unexpected of
-- row_count keys failed; both null, and error_class named, where the check could not be made.
CREATE OR REPLACE TABLE run.expectation_results (
    code VARCHAR NOT NULL,
    suite VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    passed BOOLEAN NOT NULL,
    unexpected BIGINT,
    row_count BIGINT,
    error_class VARCHAR
)
