-- Grain: citizen of the trial: everybody drawn, in the arm drawn; where a project has no draw, its
-- accepted citizens. Key: project_id, person; also citizen_no, from 0 on. day: drawn, or
-- visitationsdato. cut: the last day that is known of; days: of follow-up from `day` on, at most
-- $follow_up_days, the same for both arms. borger_id: null where the person is on no accepted row.
-- withdrawn: why, null where nobody left. Reads withdrawals (frame). $hours_end: the last day of
-- the hours file, null without one.
CREATE OR REPLACE TABLE run.trial AS
WITH accepted AS (
    SELECT
        a.project_id,
        c.person,
        a.delivery_no,
        a.row_no,
        a.borger_id,
        c.gruppe,
        a.visitationsdato AS day,
        a.maalgruppe,
        c.birth_date,
        c.ydelse,
        c.offentlig_forsoergelse_siden
    FROM run.accepted_citizens AS a
    JOIN core_citizens AS c USING (delivery_no, row_no)
    QUALIFY row_number() OVER (PARTITION BY a.project_id, c.person ORDER BY a.row_no) = 1
),

left_again AS (
    SELECT m.project_id, m.person, min(w.reason) AS withdrawn
    FROM withdrawals AS w
    JOIN core_draw_members AS m USING (project_id, ref)
    GROUP BY m.project_id, m.person
),

members AS (
    SELECT
        d.project_id,
        d.person,
        d.gruppe,
        d.day,
        d.stratum,
        split_part(d.stratum, ':', 2) AS maalgruppe,
        true AS is_drawn
    FROM run.drawn AS d
    UNION ALL BY NAME
    SELECT
        a.project_id,
        a.person,
        a.gruppe,
        a.day,
        a.maalgruppe AS stratum,
        a.maalgruppe,
        false AS is_drawn
    FROM accepted AS a
    ANTI JOIN run.draws AS w USING (project_id)
)

SELECT
    row_number() OVER (ORDER BY m.project_id, m.person) - 1 AS citizen_no,
    m.project_id,
    m.person,
    m.is_drawn,
    r.arm = 'participant' AS is_participant,
    m.stratum,
    m.maalgruppe,
    m.day,
    least(p.as_of_date, p.programme_last_day, $hours_end::DATE) AS cut,
    greatest(0, least(
        $follow_up_days::INTEGER,
        least(p.as_of_date, p.programme_last_day, $hours_end::DATE) - m.day + 1
    )) AS days,
    a.delivery_no,
    a.borger_id,
    a.birth_date,
    coalesce(a.ydelse, '') AS ydelse,
    a.offentlig_forsoergelse_siden AS supported_since,
    l.withdrawn
FROM members AS m
JOIN run.arms AS r USING (gruppe)
JOIN run.projects AS p USING (project_id)
LEFT JOIN accepted AS a USING (project_id, person)
LEFT JOIN left_again AS l USING (project_id, person)
