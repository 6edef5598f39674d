-- Grain: rule that rejected a row.
SELECT code, count(*) AS rows
FROM run.quarantine
WHERE action = 'reject'
GROUP BY code
ORDER BY code
