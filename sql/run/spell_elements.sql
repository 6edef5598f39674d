-- Grain: accepted citizen of either arm, element that their spells fulfil. Key: delivery_no,
-- citizen_row_no, element. fulfilled_date: the day on which it was. A day that two spells cover
-- counts once.
CREATE OR REPLACE TABLE run.spell_elements AS
WITH citizens AS (
    SELECT
        s.delivery_no,
        s.citizen_row_no,
        s.visitationsdato,
        any_value(t.snuse_max_days) AS snuse_max_days,
        any_value(t.kickstart_days) AS kickstart_days,
        min(s.start_day) AS first_day,
        min(s.start_day) FILTER (WHERE s.type = t.snuse_type) AS snuse_day,
        max(s.end_day - s.start_day + 1) FILTER (WHERE s.type = t.snuse_type)
            AS longest_snuse_days,
        min(s.start_day) FILTER (WHERE s.is_qualifying) AS match_day,
        min(s.start_day) FILTER (
            WHERE s.hours > 0 AND NOT list_contains(t.subsidised_types, s.type)
        ) AS hours_day
    FROM run.fidelity_spells AS s
    CROSS JOIN run.fidelity_terms AS t
    GROUP BY s.delivery_no, s.citizen_row_no, s.visitationsdato
),

reached AS (
    SELECT
        delivery_no,
        citizen_row_no,
        start_day,
        end_day,
        max(end_day) OVER (
            PARTITION BY delivery_no, citizen_row_no
            ORDER BY start_day, end_day, spell_row_no
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered_to,
        spell_row_no
    FROM run.fidelity_spells
),

added AS (
    SELECT
        *,
        greatest(
            end_day - greatest(start_day, coalesce(covered_to + 1, start_day)) + 1, 0
        ) AS new_days
    FROM reached
),

covered AS (
    SELECT
        *,
        sum(new_days) OVER (
            PARTITION BY delivery_no, citizen_row_no ORDER BY start_day, end_day, spell_row_no
        )::INTEGER AS days
    FROM added
),

lasting AS (
    SELECT
        delivery_no,
        citizen_row_no,
        min(c.end_day - (c.days - t.covered_days)) AS lasting_day
    FROM covered AS c
    CROSS JOIN run.fidelity_terms AS t
    WHERE c.days >= t.covered_days AND c.days - c.new_days < t.covered_days
    GROUP BY delivery_no, citizen_row_no
)

SELECT delivery_no, citizen_row_no, 'snuseperiode' AS element, snuse_day AS fulfilled_date
FROM citizens
WHERE snuse_day IS NOT NULL AND longest_snuse_days <= snuse_max_days
UNION ALL
SELECT delivery_no, citizen_row_no, 'match', match_day
FROM citizens
WHERE match_day IS NOT NULL
UNION ALL
SELECT delivery_no, citizen_row_no, 'ordinaere_timer', hours_day
FROM citizens
WHERE hours_day IS NOT NULL
UNION ALL
SELECT c.delivery_no, c.citizen_row_no, 'kickstart', l.lasting_day
FROM citizens AS c
JOIN lasting AS l USING (delivery_no, citizen_row_no)
WHERE c.first_day - c.visitationsdato <= c.kickstart_days
