-- Grain: project that a draft covers. Key: draft_no (the first draft that had the fingerprint),
-- project_id. Kept so that the draft can be explained, and compared with a later one. status,
-- holds: as in settlement.csv. delivery_no: the delivery in force (null: missing). The terms are
-- those of the project's first day; amounts in DKK.
CREATE TABLE IF NOT EXISTS draft_projects (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    project_name VARCHAR NOT NULL,
    lead_municipality VARCHAR NOT NULL,
    start_date DATE NOT NULL,
    delivery_no INTEGER,
    receipt_no INTEGER,
    status VARCHAR NOT NULL,
    holds VARCHAR[] NOT NULL,
    participants BIGINT NOT NULL,
    controls BIGINT NOT NULL,
    target_participants INTEGER NOT NULL,
    commitment_dkk DECIMAL(18, 2) NOT NULL,
    fixed_grant_max_dkk DECIMAL(18, 2) NOT NULL,
    activity_grant_per_citizen_max_dkk DECIMAL(18, 2) NOT NULL,
    activity_cap_share DECIMAL(18, 6) NOT NULL,
    completion_days INTEGER NOT NULL
)
