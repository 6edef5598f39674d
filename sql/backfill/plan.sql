-- Grain: project and year of $years with a component that differs from the ledger. Key: both. difference_dkk: of the
-- components together; 0 where one gives what the other takes.
-- rows_changed: the registrations behind the difference, where the year was posted before. Amounts in DKK.
WITH posted AS (
    SELECT
        project_id,
        year,
        sum(posted_dkk)::DECIMAL(18, 2) AS posted_dkk,
        coalesce(sum(posted_dkk) FILTER (WHERE component = 'activity'), 0) AS activity_dkk
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
WHERE list_contains($years::INTEGER[], s.year)
  AND (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (coalesce(l.posted_dkk, 0), coalesce(l.activity_dkk, 0))
ORDER BY s.year, s.project_id
