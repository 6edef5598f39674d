-- Grain: project and year of run.payable with a component that differs from the ledger. Key: both.
-- Amounts in DKK. difference_dkk: of the components together; 0 where one gives what the other
-- takes.
CREATE OR REPLACE VIEW run.differences AS
SELECT
    project_id,
    year,
    entitlement_dkk,
    posted_dkk,
    payable_dkk AS difference_dkk,
    is_settled_before
FROM run.payable
WHERE is_differing
