-- Grain: release run; its year and moment (UTC), in the order of the ledger.
SELECT run, any_value(year) AS year, any_value(posted_at) AS posted_at
FROM core_ledger
GROUP BY run
ORDER BY min(number)
