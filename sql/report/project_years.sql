-- Grain: project of the register. Key: project_id. Its grant of the settled year and of the one
-- before, in DKK, and the difference. is_missing: nobody knows the settled year's.
SELECT
    f.project_id,
    f.is_missing,
    b.entitlement_dkk AS before_dkk,
    s.entitlement_dkk AS entitlement_dkk,
    (s.entitlement_dkk - b.entitlement_dkk)::DECIMAL(18, 2) AS change_dkk
FROM run.project_facts AS f
CROSS JOIN run.programme AS y
JOIN run.settlement AS s ON s.project_id = f.project_id AND s.year = y.settled_year
JOIN run.settlement AS b ON b.project_id = f.project_id AND b.year = y.settled_year - 1
ORDER BY change_dkk DESC, f.project_id
