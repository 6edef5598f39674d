-- Grain: year, other than its own, that the newest draft computed and whose amount the ledger does
-- not hold. Key: year. Amounts in DKK.
WITH differences AS (
    SELECT s.year, s.entitlement_dkk - coalesce(l.posted_dkk, 0) AS difference_dkk
    FROM newest_draft_of_all($known_at::TIMESTAMP) AS n
    JOIN core_drafts AS d USING (fingerprint)
    JOIN draft_settlement AS s ON s.draft_no = d.draft_no AND s.year < n.year
    LEFT JOIN posted_by($known_at::TIMESTAMP, NULL) AS l
        ON l.project_id = s.project_id AND l.year = s.year
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
