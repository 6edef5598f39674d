-- Grain: project of the register for which the year is decided, component. Key: both. What is
-- payable for $year, in DKK. is_settled_before: the ledger has an entry of the project and year,
-- other than those of the draft $fingerprint. is_released: the draft has entries.
WITH payable AS (
    SELECT
        project_id,
        'activity' AS component,
        activity_dkk - posted_activity_dkk AS payable_dkk,
        is_settled_before
    FROM run.payable
    WHERE year = $year
    UNION ALL
    SELECT project_id, 'fixed', fixed_dkk - posted_fixed_dkk, is_settled_before
    FROM run.payable
    WHERE year = $year
)

SELECT
    p.project_id,
    p.component,
    p.payable_dkk::DECIMAL(18, 2) AS payable_dkk,
    p.is_settled_before,
    EXISTS (
        FROM core_ledger AS l
        WHERE l.project_id = p.project_id AND l.year = $year AND l.draft_fingerprint = $fingerprint
    ) AS is_released,
    f.is_decision
FROM payable AS p
JOIN run.project_facts AS f ON f.project_id = p.project_id AND f.is_asked
ORDER BY p.project_id, p.component
