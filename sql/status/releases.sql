-- Grain: release run as known at $known_at. Key: run. Amounts in DKK. up_dkk, down_dkk: as the
-- release shows them, each project's components together.
WITH projects AS (
    SELECT
        run,
        year,
        project_id,
        min(number) AS number,
        min(posted_at) AS posted_at,
        any_value(approved_by) AS approved_by,
        count(*) AS entries,
        sum(amount_dkk) AS amount_dkk
    FROM core_ledger
    WHERE posted_at <= $known_at::TIMESTAMP
    GROUP BY run, year, project_id
)

SELECT
    run,
    year,
    min(posted_at) AS posted_at,
    any_value(approved_by) AS approved_by,
    count(*) AS projects,
    sum(entries)::BIGINT AS entries,
    coalesce(sum(amount_dkk) FILTER (WHERE amount_dkk > 0), 0)::DECIMAL(18, 2) AS up_dkk,
    coalesce(sum(amount_dkk) FILTER (WHERE amount_dkk < 0), 0)::DECIMAL(18, 2) AS down_dkk
FROM projects
GROUP BY run, year
ORDER BY min(number)
