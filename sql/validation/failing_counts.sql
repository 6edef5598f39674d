-- Grain: rule that something fails.
SELECT rule, count(*) AS keys
FROM run.failing
GROUP BY rule
