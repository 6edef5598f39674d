-- Grain: settled year, its newest draft as known at $known_at. Key: year. released: projects of it
-- that the ledger holds; decided: those of it that it has something to post for. holds: codes by
-- project that is not released from it; held: how many of them it has something to post for.
-- left_out: codes by project that only an earlier draft of the year covers, and that waits to be
-- released from it: none older than the newest of all of the register. Amounts in DKK: payable_dkk
-- as when it was made, released_dkk what was posted from it.
WITH known AS (
    SELECT *
    FROM core_drafts
    WHERE prepared_at <= $known_at::TIMESTAMP
),

newest AS (
    SELECT *
    FROM known
    QUALIFY row_number() OVER (PARTITION BY year ORDER BY draft_no DESC) = 1
),

since_all AS (
    SELECT *
    FROM known
    QUALIFY draft_no >= coalesce(
        max(draft_no) FILTER (WHERE projects IS NULL) OVER (PARTITION BY year), 0
    )
),

remembered AS (
    SELECT n.year, n.fingerprint, n.draft_no AS told_draft_no, p.*
    FROM since_all AS n
    JOIN core_drafts AS f USING (fingerprint)
    JOIN draft_projects AS p ON p.draft_no = f.draft_no
    QUALIFY row_number() OVER (PARTITION BY n.year, p.project_id ORDER BY n.draft_no DESC) = 1
),

-- What the ledger held for the year from other drafts, and from the one that covers the project.
posted AS (
    SELECT
        l.project_id,
        l.year,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint <> r.fingerprint) AS other_dkk,
        sum(l.amount_dkk) FILTER (
            WHERE l.draft_fingerprint <> r.fingerprint AND l.component = 'activity'
        ) AS activity_dkk,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint = r.fingerprint) AS own_dkk
    FROM core_ledger AS l
    JOIN remembered AS r USING (year, project_id)
    WHERE l.posted_at <= $known_at::TIMESTAMP
    GROUP BY l.project_id, l.year
),

projects AS (
    SELECT
        r.year,
        r.project_id,
        r.told_draft_no,
        r.holds,
        s.entitlement_dkk,
        s.entitlement_dkk - coalesce(p.other_dkk, 0) AS payable_dkk,
        p.own_dkk,
        p.own_dkk IS NOT NULL AS is_released,
        p.other_dkk IS NULL
        OR (s.entitlement_dkk IS DISTINCT FROM p.other_dkk)
        OR (s.activity_dkk IS DISTINCT FROM coalesce(p.activity_dkk, 0)) AS is_decision
    FROM remembered AS r
    JOIN draft_settlement AS s
        ON s.draft_no = r.draft_no AND s.project_id = r.project_id AND s.year = r.year
    LEFT JOIN posted AS p ON p.project_id = r.project_id AND p.year = r.year
),

summed AS (
    SELECT
        p.year,
        count(*) AS covered,
        count(*) FILTER (WHERE is_decision OR is_released) AS decided,
        count(*) FILTER (WHERE is_released) AS released,
        sum(entitlement_dkk)::DECIMAL(18, 2) AS entitlement_dkk,
        sum(payable_dkk)::DECIMAL(18, 2) AS payable_dkk,
        coalesce(sum(own_dkk), 0)::DECIMAL(18, 2) AS released_dkk,
        coalesce(
            list({project_id: p.project_id, codes: p.holds} ORDER BY p.project_id)
                FILTER (WHERE len(holds) > 0 AND NOT is_released),
            []
        ) AS holds,
        count(*) FILTER (WHERE len(holds) > 0 AND is_decision AND NOT is_released) AS held
    FROM projects AS p
    JOIN newest AS n ON n.year = p.year AND n.draft_no = p.told_draft_no
    GROUP BY p.year
),

left_out AS (
    SELECT
        p.year,
        list({project_id: p.project_id, codes: p.holds} ORDER BY p.project_id) AS left_out
    FROM projects AS p
    JOIN newest AS n ON n.year = p.year AND n.draft_no > p.told_draft_no
    WHERE p.is_decision AND NOT p.is_released
    GROUP BY p.year
)

SELECT
    n.year,
    n.draft_no,
    n.fingerprint,
    n.prepared_by,
    n.prepared_at,
    n.projects,
    n.registrations_known_at,
    s.* EXCLUDE (year),
    coalesce(o.left_out, []) AS left_out
FROM newest AS n
JOIN summed AS s USING (year)
LEFT JOIN left_out AS o USING (year)
ORDER BY n.year
