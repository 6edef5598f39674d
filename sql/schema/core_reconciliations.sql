-- Grain: sum that a run held against another. Key: run_id (the moment of the run), settled_year,
-- equation, subject, unit. Append only. equation: what should be equal, left = right. subject:
-- where ('JF-187 2016', 'JF-187 2016-12-31 borgere'). left_side, right_side: in unit 'rows' or
-- 'DKK'.
CREATE TABLE IF NOT EXISTS core_reconciliations (
    run_id VARCHAR NOT NULL,
    settled_year INTEGER NOT NULL,
    equation VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    left_side DECIMAL(18, 2) NOT NULL,
    right_side DECIMAL(18, 2) NOT NULL
)
