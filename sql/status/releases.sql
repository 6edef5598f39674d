-- Grain: release run as known at $known_at. Key: run. Amounts in DKK. years: those that it decided.
-- up_dkk, down_dkk: what it pays and what it claims, its decisions of all years added up by the
-- municipality that is paid, as its payment file has them; by project where no draft is remembered.
WITH entries AS (
    SELECT *
    FROM core_ledger
    WHERE posted_at <= $known_at::TIMESTAMP
),

nets AS (
    SELECT
        e.run,
        coalesce(l.lead_municipality, e.project_id) AS payee,
        sum(e.amount_dkk) AS net_dkk
    FROM entries AS e
    LEFT JOIN leads_of_drafts() AS l USING (draft_fingerprint, project_id)
    GROUP BY e.run, payee
),

paid AS (
    SELECT
        run,
        coalesce(sum(net_dkk) FILTER (WHERE net_dkk > 0), 0)::DECIMAL(18, 2) AS up_dkk,
        coalesce(sum(net_dkk) FILTER (WHERE net_dkk < 0), 0)::DECIMAL(18, 2) AS down_dkk
    FROM nets
    GROUP BY run
)

SELECT
    e.run,
    list(DISTINCT e.year ORDER BY e.year) AS years,
    min(e.posted_at) AS posted_at,
    any_value(e.approved_by) AS approved_by,
    count(DISTINCT e.project_id) AS projects,
    count(*) AS entries,
    any_value(p.up_dkk) AS up_dkk,
    any_value(p.down_dkk) AS down_dkk
FROM entries AS e
JOIN paid AS p USING (run)
GROUP BY e.run
ORDER BY min(e.number)
