-- Grain: project and year of $years whose entitlement differs from the ledger, of $projects or (null) of all. Key: both.
-- rows_changed: the registrations behind the difference, where the year was posted before. Amounts in DKK.
WITH posted AS (
    SELECT project_id, year, sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk
    FROM run.posted
    GROUP BY project_id, year
),

changed AS (
    SELECT project_id, year, count(DISTINCT (subject = 'wages', key))::INTEGER AS rows_changed
    FROM run.cause_rows
    GROUP BY project_id, year
),

causes AS (
    SELECT
        project_id,
        year,
        list({text_da: text_da, text_en: text_en, amount_dkk: amount_dkk} ORDER BY position) AS causes
    FROM run.causes
    GROUP BY project_id, year
)

SELECT
    s.year,
    s.project_id,
    s.entitlement_dkk,
    coalesce(l.posted_dkk, 0)::DECIMAL(18, 2) AS posted_dkk,
    (s.entitlement_dkk - coalesce(l.posted_dkk, 0))::DECIMAL(18, 2) AS difference_dkk,
    l.project_id IS NOT NULL AS is_posted_before,
    coalesce(c.rows_changed, 0) AS rows_changed,
    coalesce(w.causes, []) AS causes
FROM run.settlement AS s
LEFT JOIN posted AS l USING (project_id, year)
LEFT JOIN changed AS c USING (project_id, year)
LEFT JOIN causes AS w USING (project_id, year)
WHERE list_contains($years::INTEGER[], s.year) AND s.entitlement_dkk <> coalesce(l.posted_dkk, 0)
ORDER BY s.year, s.project_id
