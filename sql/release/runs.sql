-- Grain: release run; its years in order, and its moment (UTC), in the order of the ledger.
SELECT
    run,
    list(DISTINCT year ORDER BY year) AS years,
    any_value(posted_at) AS posted_at
FROM core_ledger
GROUP BY run
ORDER BY min(number)
