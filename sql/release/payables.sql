-- Grain: project of the register for which the year is decided, component. Key: both. What is
-- payable for $year, in DKK. is_settled_before: the ledger has an entry of the project and year,
-- other than those of the draft $fingerprint. is_released: the draft has entries.
WITH entitlements AS (
    SELECT project_id, 'activity' AS component, activity_dkk AS entitlement_dkk
    FROM run.settlement
    WHERE year = $year
    UNION ALL
    SELECT project_id, 'fixed', fixed_dkk FROM run.settlement WHERE year = $year
)

SELECT
    e.project_id,
    e.component,
    (e.entitlement_dkk - coalesce(p.posted_dkk, 0))::DECIMAL(18, 2) AS payable_dkk,
    EXISTS (FROM run.posted AS o WHERE o.project_id = e.project_id AND o.year = $year)
        AS is_settled_before,
    EXISTS (
        FROM core_ledger AS l
        WHERE l.project_id = e.project_id AND l.year = $year AND l.draft_fingerprint = $fingerprint
    ) AS is_released
FROM entitlements AS e
JOIN run.project_facts AS f ON f.project_id = e.project_id AND f.is_asked
LEFT JOIN run.posted AS p
    ON p.project_id = e.project_id AND p.year = $year AND p.component = e.component
ORDER BY e.project_id, e.component
