-- Grain: registration behind a draft's cause. Key: draft_no, project_id, year, position, subject,
-- key. Columns as in run.cause_rows.
CREATE TABLE IF NOT EXISTS draft_cause_rows (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    earlier_delivery_no INTEGER,
    earlier_row_no INTEGER,
    earlier_day DATE,
    earlier_dkk DECIMAL(18, 2) NOT NULL,
    delivery_no INTEGER,
    row_no INTEGER,
    day DATE,
    now_dkk DECIMAL(18, 2) NOT NULL
)
