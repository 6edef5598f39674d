-- Grain: project, year and component that the ledger has an entry of. Key: all three. posted_dkk:
-- what the ledger holds now, in DKK.
CREATE OR REPLACE VIEW core_posted AS
SELECT
    project_id,
    year,
    component,
    sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
GROUP BY project_id, year, component
