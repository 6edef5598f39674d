-- Grain: project of the register that gets a hearing letter for $year: the year is decided of it,
-- and is not decided yet or an amount of it changes. Key: project_id.
SELECT f.project_id
FROM run.project_facts AS f
WHERE f.is_asked
  AND (
    f.project_id NOT IN (SELECT p.project_id FROM run.posted AS p WHERE p.year = $year)
    OR f.project_id IN (SELECT d.project_id FROM run.differences AS d WHERE d.year = $year)
  )
ORDER BY f.project_id
