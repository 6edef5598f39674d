-- Grain: project of the register, programme year. Key: both. What the state gives, in DKK.
SELECT project_id, year, activity_dkk, fixed_dkk
FROM run.every_year
ORDER BY project_id, year
