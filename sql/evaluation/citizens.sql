-- Grain: citizen of the trial. Key: citizen_no, in its order. age, support_years: on the day
-- drawn, exact days / 365.25; null where no row counts. took_part: a participant with a
-- start or a tasting, a control with a tasting. has_employment: a job begun within the follow-up.
-- $tasting, $employment, $qualifying: types of spells. $support_groups: target groups that must
-- have been on public support.
WITH seen AS (
    SELECT
        s.citizen_no,
        bool_or(list_contains($tasting::VARCHAR[], s.type)) AS has_tasting,
        bool_or(list_contains($qualifying::VARCHAR[], s.type)) AS has_start,
        bool_or(
            list_contains($employment::VARCHAR[], s.type) AND s.first_at BETWEEN 0 AND t.days - 1
        ) AS has_employment,
        bool_or(
            list_contains($employment::VARCHAR[], s.type) AND s.hours IS NULL
        ) AS has_blank_hours
    FROM run.trial_spells AS s
    JOIN run.trial AS t USING (citizen_no)
    GROUP BY s.citizen_no
)

SELECT
    t.citizen_no,
    t.project_id,
    t.is_drawn,
    t.is_participant,
    t.stratum,
    t.maalgruppe,
    t.cut,
    t.days,
    t.borger_id IS NOT NULL AS is_accepted,
    (t.day - t.birth_date) / 365.25 AS age,
    t.ydelse,
    CASE
        WHEN NOT list_contains($support_groups::VARCHAR[], t.maalgruppe) THEN 0
        ELSE (t.day - t.supported_since) / 365.25
    END AS support_years,
    coalesce(t.withdrawn, '') AS withdrawn,
    s.citizen_no IS NOT NULL AS has_spell,
    coalesce(s.has_tasting OR (t.is_participant AND s.has_start), false) AS took_part,
    coalesce(t.is_participant AND s.has_start, false) AS has_started,
    coalesce(s.has_employment, false) AS has_employment,
    coalesce(s.has_blank_hours, false) AS has_blank_hours
FROM run.trial AS t
LEFT JOIN seen AS s USING (citizen_no)
ORDER BY t.citizen_no
