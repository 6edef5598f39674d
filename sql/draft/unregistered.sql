-- Grain: project that the ledger holds money for, over all years, and that the run's register does
-- not have. Key: project_id. Amounts in DKK.
SELECT p.project_id, sum(p.posted_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM run.posted AS p
ANTI JOIN run.projects AS r USING (project_id)
GROUP BY p.project_id
HAVING sum(p.posted_dkk) <> 0
ORDER BY p.project_id
