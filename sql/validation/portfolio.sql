-- Grain: one row, project_id ''. What rule B01 judges: the entitlements of all projects and all
-- years to the settled one, against the appropriation, in DKK.
CREATE OR REPLACE VIEW run.portfolio AS
SELECT
    '' AS project_id,
    p.settled_year,
    p.appropriation_dkk,
    (SELECT coalesce(sum(entitlement_dkk), 0)::DECIMAL(18, 2) FROM run.settlement)
        AS entitlement_dkk
FROM run.programme AS p
