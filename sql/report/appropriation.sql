-- Grain: one row. The appropriation and what the programme's years to the settled one use of it, in
-- DKK. most_dkk: the most that the grants given can come to. posted_dkk: in the ledger for the
-- projects of the register; posted_later_dkk: the same for years after the settled.
WITH used AS (
    SELECT
        coalesce(sum(s.entitlement_dkk), 0)::DECIMAL(18, 2) AS used_dkk,
        coalesce(
            sum(s.cap_dkk + s.fixed_max_dkk) FILTER (WHERE s.year = y.settled_year), 0
        )::DECIMAL(18, 2) AS most_dkk
    FROM run.settlement AS s
    CROSS JOIN run.programme AS y
),

posted AS (
    SELECT
        coalesce(sum(l.posted_dkk) FILTER (WHERE l.year <= y.settled_year), 0)::DECIMAL(18, 2)
            AS posted_dkk,
        coalesce(sum(l.posted_dkk) FILTER (WHERE l.year > y.settled_year), 0)::DECIMAL(18, 2)
            AS posted_later_dkk
    FROM run.posted AS l
    SEMI JOIN run.projects AS p ON p.project_id = l.project_id
    CROSS JOIN run.programme AS y
)

SELECT
    y.*, u.used_dkk, (y.appropriation_dkk - u.used_dkk)::DECIMAL(18, 2) AS left_dkk, u.most_dkk, l.*
FROM run.programme AS y
CROSS JOIN used AS u
CROSS JOIN posted AS l
