-- Grain: project of the register that has started by the settled year's last day. Key: project_id.
-- What the rules on draws judge.
-- finding_*: what is wrong with the record, null where it holds. *_drawn: citizens of an arm drawn
-- on or before the delivery's day; *_undelivered: those of them on no row of borgere.
-- undelivered_percent: of the worse arm. Reads run.projects, run.draws, run.drawn.
CREATE OR REPLACE TABLE run.draw_facts AS
WITH members AS (
    SELECT
        d.project_id,
        d.gruppe,
        NOT EXISTS (
            FROM core_citizens AS c WHERE c.delivery_no = p.delivery_no AND c.person = d.person
        ) AS is_undelivered
    FROM run.drawn AS d
    JOIN run.projects AS p ON d.project_id = p.project_id AND d.day <= p.as_of_date
),

counted AS (
    SELECT
        project_id,
        count(*) FILTER (WHERE gruppe = 'deltager') AS participants_drawn,
        count(*) FILTER (WHERE gruppe = 'kontrol') AS controls_drawn,
        count(*) FILTER (WHERE gruppe = 'deltager' AND is_undelivered) AS participants_undelivered,
        count(*) FILTER (WHERE gruppe = 'kontrol' AND is_undelivered) AS controls_undelivered
    FROM members
    GROUP BY project_id
)

SELECT
    p.project_id,
    p.delivery_no IS NULL AS is_missing,
    w.project_id IS NOT NULL AS has_draw,
    w.finding_da,
    w.finding_en,
    coalesce(c.participants_drawn, 0) AS participants_drawn,
    coalesce(c.controls_drawn, 0) AS controls_drawn,
    coalesce(c.participants_undelivered, 0) AS participants_undelivered,
    coalesce(c.controls_undelivered, 0) AS controls_undelivered,
    $hold_undelivered_share::DECIMAL(18, 6) AS hold_undelivered_share
FROM run.projects AS p
LEFT JOIN run.draws AS w USING (project_id)
LEFT JOIN counted AS c USING (project_id)
WHERE p.start_date <= p.year_last_day
