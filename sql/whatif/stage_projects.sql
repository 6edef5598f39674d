-- Grain: stage, project. Key: both. The entitlement of all years to the settled one, what it is
-- made of, and what is posted for them, in DKK. gross_dkk, wages_dkk: before the ceilings.
CREATE OR REPLACE TABLE run.stage_projects (
    stage VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    lead_municipality VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    gross_dkk DECIMAL(38, 2) NOT NULL,
    wages_dkk DECIMAL(38, 2) NOT NULL,
    entitlement_dkk DECIMAL(38, 2) NOT NULL,
    posted_dkk DECIMAL(38, 2) NOT NULL
)
