-- Grain: project and year of $years with a component that differs from the ledger. Key: both.
-- Amounts in DKK. rows_changed: the registrations behind the difference, where the year was posted
-- before.
WITH changed AS (
    SELECT project_id, year, count(DISTINCT row(subject = 'wages', key))::INTEGER AS rows_changed
    FROM run.cause_rows
    GROUP BY project_id, year
),

causes AS (
    SELECT
        project_id,
        year,
        list({text_da: text_da, text_en: text_en, amount_dkk: amount_dkk} ORDER BY position)
            AS causes
    FROM run.causes
    GROUP BY project_id, year
)

SELECT
    d.year,
    d.project_id,
    d.entitlement_dkk,
    d.posted_dkk,
    d.difference_dkk,
    d.is_settled_before,
    coalesce(c.rows_changed, 0) AS rows_changed,
    coalesce(w.causes, []) AS causes
FROM run.differences AS d
LEFT JOIN changed AS c USING (project_id, year)
LEFT JOIN causes AS w USING (project_id, year)
WHERE list_contains($years::INTEGER[], d.year)
ORDER BY d.year, d.project_id
