-- Grain: project of the register that gets a hearing letter for $year: the year is to be decided
-- for it, and is not decided yet or an amount of it changes. Key: project_id.
SELECT f.project_id
FROM run.project_facts AS f
JOIN run.payable AS p ON p.project_id = f.project_id AND p.year = $year
WHERE f.is_asked
  AND (
    NOT p.is_settled_before
    OR f.project_id IN (SELECT d.project_id FROM run.differences AS d WHERE d.year = $year)
  )
ORDER BY f.project_id
