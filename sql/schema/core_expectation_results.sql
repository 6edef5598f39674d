-- One row a rule that a run judged. Append only; counts only, no values. run_id: the run's own name.
-- unexpected of row_count keys failed; both null, and error_class named, where the check could not be made.
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
