-- Grain: explained project and year, transition, limit ('cap' of the activity grant, 'fixed' of
-- the fixed grant, 'floor': that grant ends at zero). by_sums_dkk: effect of the limit, positive
-- when it cuts less than before, because the sums below it changed; by_limit_dkk: because the
-- limit itself was changed, from earlier_limit_dkk to limit_dkk. Amounts in DKK.
WITH sums AS (
    SELECT
        stage,
        project_id,
        year,
        'cap' AS kind,
        gross_cumulative_dkk AS sum_dkk,
        gross_cumulative_dkk - gross_activity_dkk AS earlier_sum_dkk,
        cap_dkk AS limit_dkk,
        1 AS sign
    FROM run.stage_settlement
    UNION ALL
    SELECT
        stage,
        project_id,
        year,
        'fixed',
        wages_cumulative_dkk,
        wages_cumulative_dkk - wages_dkk,
        fixed_max_dkk,
        1
    FROM run.stage_settlement
    UNION ALL
    -- A floor is a ceiling over the sums turned round; what that cuts is given.
    SELECT
        stage,
        project_id,
        year,
        'floor',
        -wages_cumulative_dkk,
        wages_dkk - wages_cumulative_dkk,
        0,
        -1
    FROM run.stage_settlement
),

limits AS (
    SELECT
        *,
        sign * (greatest(sum_dkk - limit_dkk, 0) - greatest(earlier_sum_dkk - limit_dkk, 0))
            AS cut_dkk
    FROM sums
),

steps AS (
    SELECT
        t.project_id,
        t.year,
        t.transition,
        t.before_stage,
        b.kind,
        b.limit_dkk AS earlier_limit_dkk,
        a.limit_dkk,
        b.cut_dkk AS earlier_cut_dkk,
        a.cut_dkk,
        -- What the earlier limit would cut from the later sums.
        a.sign
        * (
            greatest(a.sum_dkk - b.limit_dkk, 0)
            - greatest(a.earlier_sum_dkk - b.limit_dkk, 0)
        ) AS cut_by_earlier_limit_dkk
    FROM run.transitions AS t
    JOIN limits AS b ON b.stage = t.before_stage AND b.project_id = t.project_id AND b.year = t.year
    JOIN limits AS a
        ON a.stage = t.after_stage
            AND a.project_id = t.project_id
            AND a.year = t.year
            AND a.kind = b.kind
)

SELECT
    project_id,
    year,
    transition,
    before_stage,
    kind,
    earlier_limit_dkk,
    limit_dkk,
    (earlier_cut_dkk - cut_by_earlier_limit_dkk)::DECIMAL(38, 2) AS by_sums_dkk,
    (cut_by_earlier_limit_dkk - cut_dkk)::DECIMAL(38, 2) AS by_limit_dkk
FROM steps
WHERE earlier_cut_dkk <> cut_by_earlier_limit_dkk OR cut_by_earlier_limit_dkk <> cut_dkk
ORDER BY project_id, year, kind, transition
