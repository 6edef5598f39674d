-- Grain: settled year, its newest draft as known at $known_at. Key: year. released: projects of it that the ledger holds;
-- decided: those of it that it has something to post for. holds: codes by project that waits to be
-- released. Amounts in DKK: payable_dkk as when it was
-- made, released_dkk what was posted from it.
WITH newest AS (
    SELECT *
    FROM core_drafts
    WHERE prepared_at <= $known_at::TIMESTAMP
    QUALIFY row_number() OVER (PARTITION BY year ORDER BY draft_no DESC) = 1
),

remembered AS (
    SELECT n.year, n.fingerprint, p.*
    FROM newest AS n
    JOIN core_drafts AS f USING (fingerprint)
    JOIN draft_projects AS p ON p.draft_no = f.draft_no
),

-- What the ledger held for the year from other drafts, and from this one.
posted AS (
    SELECT
        l.project_id,
        l.year,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint <> n.fingerprint) AS other_dkk,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint <> n.fingerprint AND l.component = 'activity') AS activity_dkk,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint = n.fingerprint) AS own_dkk
    FROM core_ledger AS l
    JOIN newest AS n USING (year)
    WHERE l.posted_at <= $known_at::TIMESTAMP
    GROUP BY l.project_id, l.year
),

projects AS (
    SELECT
        r.year,
        r.project_id,
        r.status,
        r.holds,
        s.entitlement_dkk,
        s.entitlement_dkk - coalesce(p.other_dkk, 0) AS payable_dkk,
        p.own_dkk,
        p.own_dkk IS NOT NULL AS is_released,
        p.other_dkk IS NULL
            OR (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (p.other_dkk, coalesce(p.activity_dkk, 0)) AS is_decision
    FROM remembered AS r
    JOIN draft_settlement AS s ON s.draft_no = r.draft_no AND s.project_id = r.project_id AND s.year = r.year
    LEFT JOIN posted AS p ON p.project_id = r.project_id AND p.year = r.year
),

summed AS (
    SELECT
        year,
        count(*) AS covered,
        count(*) FILTER (WHERE is_decision OR is_released) AS decided,
        count(*) FILTER (WHERE is_released) AS released,
        sum(entitlement_dkk)::DECIMAL(18, 2) AS entitlement_dkk,
        sum(payable_dkk)::DECIMAL(18, 2) AS payable_dkk,
        coalesce(sum(own_dkk), 0)::DECIMAL(18, 2) AS released_dkk,
        coalesce(
            list({project_id: project_id, codes: holds} ORDER BY project_id)
                FILTER (WHERE len(holds) > 0 AND is_decision AND NOT is_released),
            []
        ) AS holds
    FROM projects
    GROUP BY year
)

SELECT
    n.year,
    n.draft_no,
    n.fingerprint,
    n.prepared_by,
    n.prepared_at,
    n.projects,
    n.registrations_known_at,
    s.* EXCLUDE (year)
FROM newest AS n
JOIN summed AS s USING (year)
ORDER BY n.year
