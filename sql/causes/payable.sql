-- Grain: explained project and year. What is payable for it, in DKK.
SELECT e.project_id, e.year, (s.entitlement_dkk - e.posted_dkk)::DECIMAL(18, 2) AS payable_dkk
FROM run.explained AS e
JOIN run.settlement AS s USING (project_id, year)
ORDER BY e.project_id, e.year
