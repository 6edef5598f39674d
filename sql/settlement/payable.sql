-- Grain: project and year of run.settlement. Key: both. Its columns, and what the ledger holds of
-- the project and year (run.posted). Amounts in DKK. payable_dkk: the entitlement less what is
-- posted; is_differing: of a component, which the sum may not show. is_settled_before: the ledger
-- has an entry of the project and year.
CREATE OR REPLACE VIEW run.payable AS
WITH posted AS (
    SELECT
        project_id,
        year,
        sum(posted_dkk) AS posted_dkk,
        sum(posted_dkk) FILTER (WHERE component = 'activity') AS activity_dkk,
        sum(posted_dkk) FILTER (WHERE component = 'fixed') AS fixed_dkk
    FROM run.posted
    GROUP BY project_id, year
)

SELECT
    s.*,
    coalesce(p.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk,
    coalesce(p.activity_dkk, 0)::DECIMAL(18, 2) AS posted_activity_dkk,
    coalesce(p.fixed_dkk, 0)::DECIMAL(18, 2) AS posted_fixed_dkk,
    (s.entitlement_dkk - coalesce(p.posted_dkk, 0))::DECIMAL(18, 2) AS payable_dkk,
    (s.entitlement_dkk, s.activity_dkk)
    <> (coalesce(p.posted_dkk, 0), coalesce(p.activity_dkk, 0)) AS is_differing,
    p.project_id IS NOT NULL AS is_settled_before
FROM run.settlement AS s
LEFT JOIN posted AS p ON p.project_id = s.project_id AND p.year = s.year
