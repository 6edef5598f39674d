-- Grain: rejected registration, spell that would count if that registration did. Key: none, since
-- two spells may be alike. citizen_row_no is the number of the registration here (below zero: of a
-- row of borgere), so that each is a citizen of its own to completions_of. A rejected spell comes
-- with its citizen's accepted spells; a rejected citizen with the spells that only the citizen's
-- rejection (S04) rejects, and that do not begin before the enrolment (S09), where its day is a
-- possible one. accepted_row_no: that accepted citizen's row in borgere; null in the second case.
CREATE OR REPLACE TABLE run.would_be_spells AS
WITH rejects AS (
    SELECT table_name, delivery_no, row_no, bool_and(code = 'S04') AS is_only_by_citizen
    FROM run.quarantine
    WHERE action = 'reject'
    GROUP BY table_name, delivery_no, row_no
),

rejected_spells AS (
    SELECT
        s.delivery_no,
        s.row_no,
        s.borger_id,
        s.virksomhed_cvr,
        s.startdato AS start_day,
        counted_end(s.slutdato, s.as_of_date, s.programme_last_day) AS end_day,
        r.is_only_by_citizen
    FROM run.spells AS s
    JOIN rejects AS r
        ON r.table_name = 'forloeb' AND r.delivery_no = s.delivery_no AND r.row_no = s.row_no
    JOIN run.spell_types AS t ON t.type = s.type AND t.is_qualifying
    WHERE s.virksomhed_cvr IS NOT NULL
      AND s.startdato <= counted_end(s.slutdato, s.as_of_date, s.programme_last_day)
      AND s.slutdato_text IS NULL
),

-- The spells that one rejected spell would join: those of its accepted participant.
joined AS (
    SELECT
        'forloeb' AS table_name,
        r.delivery_no,
        r.row_no,
        c.row_no AS accepted_row_no,
        r.virksomhed_cvr,
        r.start_day,
        r.end_day
    FROM rejected_spells AS r
    JOIN run.accepted_citizens AS c
        ON c.delivery_no = r.delivery_no AND c.borger_id = r.borger_id AND c.arm = 'participant'
),

-- Apart, since DuckDB would join spells and citizens by delivery alone before it looks at the ids.
rejected_citizens AS MATERIALIZED (
    SELECT
        c.delivery_no,
        c.row_no,
        c.borger_id,
        CASE
            WHEN c.visitationsdato BETWEEN c.start_date AND c.as_of_date
            AND c.visitationsdato < c.window_end
                THEN c.visitationsdato
            ELSE '-infinity'::DATE
        END AS enrolment_day
    FROM run.citizens AS c
    JOIN rejects AS j
        ON j.table_name = 'borgere' AND j.delivery_no = c.delivery_no AND j.row_no = c.row_no
    JOIN run.arms AS a ON a.gruppe = c.gruppe AND a.arm = 'participant'
),

scenarios AS (
    FROM joined
    UNION ALL
    SELECT
        j.table_name,
        j.delivery_no,
        j.row_no,
        j.accepted_row_no,
        q.virksomhed_cvr,
        q.start_day,
        q.end_day
    FROM joined AS j
    JOIN run.qualifying_spells AS q
        ON q.delivery_no = j.delivery_no AND q.citizen_row_no = j.accepted_row_no
    UNION ALL
    SELECT 'borgere', c.delivery_no, c.row_no, NULL, r.virksomhed_cvr, r.start_day, r.end_day
    FROM rejected_citizens AS c
    JOIN rejected_spells AS r
        ON
            r.delivery_no = c.delivery_no
            AND r.borger_id = c.borger_id
            AND r.is_only_by_citizen
            AND r.start_day >= c.enrolment_day
)

SELECT
    s.*,
    CASE s.table_name WHEN 'forloeb' THEN s.row_no ELSE -s.row_no END AS citizen_row_no
FROM scenarios AS s
