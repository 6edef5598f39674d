-- Grain: one row. What the settlement of $year comes to, for a person to read. Amounts in DKK.
-- to_decide: projects with a decision. to_release: those of them that the rule $together does not
-- hold; apart: those that it holds; apart_from, apart_to: the first and last year that they are
-- released together (null: none).
WITH projects AS (
    SELECT
        f.*,
        s.*,
        f.project_id IN (SELECT h.project_id FROM run.holds AS h) AS is_on_hold,
        f.project_id IN (SELECT h.project_id FROM run.holds AS h WHERE h.code = $together)
            AS is_apart
    FROM run.project_facts AS f
    JOIN run.payable AS s USING (project_id)
    WHERE s.year = $year
)

SELECT
    count(*) AS projects,
    count(*) FILTER (WHERE is_missing) AS missing,
    count(*) FILTER (WHERE is_not_started) AS not_started,
    sum(participants)::BIGINT AS participants,
    sum(controls)::BIGINT AS controls,
    sum(starts)::BIGINT AS starts,
    sum(completions)::BIGINT AS completions,
    sum(entitlement_dkk)::DECIMAL(18, 2) AS entitlement_dkk,
    sum(payable_dkk)::DECIMAL(18, 2) AS payable_dkk,
    coalesce(sum(payable_dkk) FILTER (WHERE is_on_hold), 0)::DECIMAL(18, 2) AS held_dkk,
    count(*) FILTER (WHERE is_decision) AS to_decide,
    count(*) FILTER (WHERE is_decision AND NOT is_apart) AS to_release,
    count(*) FILTER (WHERE is_decision AND is_apart) AS apart,
    min(first_together_year) FILTER (WHERE is_decision AND is_apart) AS apart_from,
    max(last_together_year) FILTER (WHERE is_decision AND is_apart) AS apart_to,
    count(*) FILTER (WHERE is_asked AND NOT is_settled_before) AS first_letters
FROM projects
