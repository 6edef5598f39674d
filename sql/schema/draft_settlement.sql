-- Grain: project and programme year of a draft. Key: draft_no, project_id, year. Columns as in
-- run.every_year, amounts in DKK. Drafts of earlier versions have no year after their own.
CREATE TABLE IF NOT EXISTS draft_settlement (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    completions INTEGER NOT NULL,
    gross_activity_dkk DECIMAL(18, 2) NOT NULL,
    gross_cumulative_dkk DECIMAL(18, 2) NOT NULL,
    cap_dkk DECIMAL(18, 2) NOT NULL,
    activity_dkk DECIMAL(18, 2) NOT NULL,
    wages_dkk DECIMAL(38, 2) NOT NULL,
    wages_cumulative_dkk DECIMAL(38, 2) NOT NULL,
    fixed_max_dkk DECIMAL(18, 2) NOT NULL,
    fixed_dkk DECIMAL(18, 2) NOT NULL,
    entitlement_dkk DECIMAL(18, 2) NOT NULL
)
