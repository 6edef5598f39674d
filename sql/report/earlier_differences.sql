-- Grain: project, year before the settled one with a component that differs from the ledger. Key:
-- both. Amounts in DKK. difference_dkk: what a backfill would post.
SELECT d.project_id, d.year, d.entitlement_dkk, d.posted_dkk, d.difference_dkk
FROM run.differences AS d
JOIN run.programme AS y ON d.year < y.settled_year
ORDER BY d.project_id, d.year
