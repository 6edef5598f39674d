-- Grain: change, project. Key: position, project_id. What the change gives and takes, of all years
-- to the settled one, in DKK; the causes add up to the difference. by_rows: all that a rule's
-- changed action did to rows; the others are of a changed parameter. events_changed: starts and
-- completions that came, went or changed day; more_*: came less went.
WITH units AS (
    SELECT
        u.stage, u.project_id, u.subject, u.row_no, u.day, coalesce(u.amount_dkk, 0) AS amount_dkk
    FROM run.stage_units AS u
    SEMI JOIN run.stage_settlement AS s
        ON s.stage = u.stage AND s.project_id = u.project_id AND s.year = year(u.day)
),

earlier AS (
    SELECT c.position, c.is_severity, u.*
    FROM run.changes_laid AS c
    JOIN units AS u ON u.stage = c.before_stage
),

later AS (
    SELECT c.position, c.is_severity, u.*
    FROM run.changes_laid AS c
    JOIN units AS u ON u.stage = c.after_stage
),

pairs AS (
    SELECT
        position,
        is_severity,
        project_id,
        subject,
        b.day AS earlier_day,
        a.day AS later_day,
        coalesce(a.amount_dkk, 0) - coalesce(b.amount_dkk, 0) AS amount_dkk
    FROM earlier AS b
    FULL JOIN later AS a USING (position, is_severity, project_id, subject, row_no)
    WHERE b.day IS DISTINCT FROM a.day OR b.amount_dkk IS DISTINCT FROM a.amount_dkk
),

changed AS (
    SELECT
        position,
        project_id,
        sum(amount_dkk) FILTER (WHERE is_severity) AS by_rows,
        sum(amount_dkk) FILTER (
            WHERE NOT is_severity AND subject <> 'wages' AND earlier_day IS DISTINCT FROM later_day
        ) AS by_events,
        sum(amount_dkk) FILTER (
            WHERE NOT is_severity AND subject <> 'wages' AND earlier_day = later_day
        ) AS by_rates,
        sum(amount_dkk) FILTER (WHERE NOT is_severity AND subject = 'wages') AS by_expenses,
        count(*) FILTER (WHERE subject <> 'wages' AND earlier_day IS DISTINCT FROM later_day)
            AS events_changed,
        count(*) FILTER (WHERE subject = 'start' AND earlier_day IS NULL)
        - count(*) FILTER (WHERE subject = 'start' AND later_day IS NULL) AS more_starts,
        count(*) FILTER (WHERE subject = 'completion' AND earlier_day IS NULL)
        - count(*) FILTER (WHERE subject = 'completion' AND later_day IS NULL) AS more_completions
    FROM pairs
    GROUP BY position, project_id
)

SELECT
    c.position,
    c.change,
    a.project_id,
    a.lead_municipality,
    a.status,
    b.status AS earlier_status,
    b.entitlement_dkk AS base,
    a.entitlement_dkk AS whatif,
    coalesce(d.by_rows, 0)::DECIMAL(38, 2) AS by_rows,
    coalesce(d.by_events, 0)::DECIMAL(38, 2) AS by_events,
    coalesce(d.events_changed, 0)::BIGINT AS events_changed,
    coalesce(d.more_starts, 0)::BIGINT AS more_starts,
    coalesce(d.more_completions, 0)::BIGINT AS more_completions,
    coalesce(d.by_rates, 0)::DECIMAL(38, 2) AS by_rates,
    (
        (a.entitlement_dkk - a.gross_dkk - a.wages_dkk)
        - (b.entitlement_dkk - b.gross_dkk - b.wages_dkk)
    )::DECIMAL(38, 2) AS by_ceiling,
    coalesce(d.by_expenses, 0)::DECIMAL(38, 2) AS by_expenses,
    a.posted_dkk AS posted,
    (b.entitlement_dkk - b.posted_dkk)::DECIMAL(38, 2) AS payable_base,
    (a.entitlement_dkk - a.posted_dkk)::DECIMAL(38, 2) AS payable_whatif,
    CASE WHEN b.status = 'hold' THEN b.entitlement_dkk - b.posted_dkk ELSE 0 END::DECIMAL(38, 2)
        AS held_base,
    CASE WHEN a.status = 'hold' THEN a.entitlement_dkk - a.posted_dkk ELSE 0 END::DECIMAL(38, 2)
        AS held_whatif
FROM run.changes_laid AS c
JOIN run.stage_projects AS b ON b.stage = c.before_stage
JOIN run.stage_projects AS a ON a.stage = c.after_stage AND a.project_id = b.project_id
LEFT JOIN changed AS d ON d.position = c.position AND d.project_id = a.project_id
ORDER BY c.position, a.project_id
