-- Grain: pair of a project's deliveries. Key: project_id. How many persons, and rows with a
-- bilagsnr, the first has, and how many of each are not in the second. Reads pairs (frame).
WITH citizens AS (
    SELECT
        b.project_id,
        count(*) AS citizens_before,
        count(*) FILTER (WHERE n.person IS NULL) AS citizens_gone
    FROM (
        SELECT DISTINCT p.project_id, p.now_no, c.person
        FROM pairs AS p
        JOIN core_citizens AS c ON c.delivery_no = p.before_no
        WHERE c.person IS NOT NULL
    ) AS b
    LEFT JOIN (
        SELECT DISTINCT delivery_no, person
        FROM core_citizens
        WHERE delivery_no IN (SELECT now_no FROM pairs)
    ) AS n ON n.delivery_no = b.now_no AND n.person = b.person
    GROUP BY b.project_id
),

expenses AS (
    SELECT
        b.project_id,
        count(*) AS expenses_before,
        count(*) FILTER (WHERE n.bilagsnr IS NULL) AS expenses_gone
    FROM (
        SELECT p.project_id, p.now_no, e.bilagsnr
        FROM pairs AS p
        JOIN core_expenses AS e ON e.delivery_no = p.before_no
        WHERE e.bilagsnr <> ''
    ) AS b
    LEFT JOIN (
        SELECT DISTINCT delivery_no, bilagsnr
        FROM core_expenses
        WHERE delivery_no IN (SELECT now_no FROM pairs)
    ) AS n ON n.delivery_no = b.now_no AND n.bilagsnr = b.bilagsnr
    GROUP BY b.project_id
)

SELECT
    p.project_id,
    coalesce(c.citizens_before, 0),
    coalesce(c.citizens_gone, 0),
    coalesce(e.expenses_before, 0),
    coalesce(e.expenses_gone, 0)
FROM pairs AS p
LEFT JOIN citizens AS c USING (project_id)
LEFT JOIN expenses AS e USING (project_id)
