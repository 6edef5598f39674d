-- Grain: accepted citizen of a draft. Key: draft_no, project_id, citizen_id (the municipality's own
-- reference). row_no: in borgere of the project's delivery. What each gave, in DKK; null where
-- there is no event.
CREATE TABLE IF NOT EXISTS draft_citizen_events (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    citizen_id VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    arm VARCHAR NOT NULL,
    start_date DATE,
    start_dkk DECIMAL(18, 2),
    completion_date DATE,
    completion_dkk DECIMAL(18, 2)
)
