-- Grain: project of the register. Key: project_id. The cap of its activity grant over all years,
-- in DKK.
SELECT DISTINCT project_id, cap_dkk
FROM run.every_year
ORDER BY project_id
