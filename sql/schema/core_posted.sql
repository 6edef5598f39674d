-- What the ledger of now holds. One row a project, year and component that has an entry.
CREATE OR REPLACE VIEW core_posted AS
SELECT
    project_id,
    year,
    component,
    sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
GROUP BY project_id, year, component
