-- Grain: rule that a run judged. Key: run_id (the moment of the run), settled_year, code. Append
-- only; counts only, no values. unexpected of row_count keys failed; both null, and error_class
-- named, where the check could not be made.
CREATE TABLE IF NOT EXISTS core_expectation_results (
    run_id VARCHAR NOT NULL,
    settled_year INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    suite VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    passed BOOLEAN NOT NULL,
    unexpected BIGINT,
    row_count BIGINT,
    error_class VARCHAR
)
