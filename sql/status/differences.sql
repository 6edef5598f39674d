-- Grain: year that the newest draft computed, and that is not its own, whose amount the ledger does
-- not hold. Key: year. Amounts in DKK.
WITH newest AS (
    SELECT d.year AS settled_year, p.draft_no
    FROM core_drafts AS d
    JOIN core_drafts AS f USING (fingerprint)
    JOIN (SELECT DISTINCT draft_no FROM draft_settlement) AS p ON p.draft_no = f.draft_no
    WHERE d.prepared_at <= $known_at::TIMESTAMP AND d.projects IS NULL
    ORDER BY d.draft_no DESC
    LIMIT 1
),

posted AS (
    SELECT
        project_id,
        year,
        sum(amount_dkk) AS posted_dkk,
        coalesce(sum(amount_dkk) FILTER (WHERE component = 'activity'), 0) AS activity_dkk
    FROM core_ledger
    WHERE posted_at <= $known_at::TIMESTAMP
    GROUP BY project_id, year
),

differences AS (
    SELECT s.year, s.entitlement_dkk - coalesce(l.posted_dkk, 0) AS difference_dkk
    FROM newest AS n
    JOIN draft_settlement AS s ON s.draft_no = n.draft_no AND s.year < n.settled_year
    LEFT JOIN posted AS l ON l.project_id = s.project_id AND l.year = s.year
    WHERE (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (
        coalesce(l.posted_dkk, 0), coalesce(l.activity_dkk, 0)
    )
)

SELECT
    year,
    count(*) AS projects,
    coalesce(sum(difference_dkk) FILTER (WHERE difference_dkk > 0), 0)::DECIMAL(18, 2) AS up_dkk,
    coalesce(sum(difference_dkk) FILTER (WHERE difference_dkk < 0), 0)::DECIMAL(18, 2) AS down_dkk
FROM differences
GROUP BY year
ORDER BY year
