-- Grain: release run as known at $known_at. Key: run. Amounts in DKK.
SELECT
    run,
    year,
    min(posted_at) AS posted_at,
    any_value(approved_by) AS approved_by,
    count(DISTINCT project_id) AS projects,
    count(*) AS entries,
    coalesce(sum(amount_dkk) FILTER (WHERE amount_dkk > 0), 0)::DECIMAL(18, 2) AS up_dkk,
    coalesce(sum(amount_dkk) FILTER (WHERE amount_dkk < 0), 0)::DECIMAL(18, 2) AS down_dkk
FROM core_ledger
WHERE posted_at <= $known_at::TIMESTAMP
GROUP BY run, year
ORDER BY min(number)
