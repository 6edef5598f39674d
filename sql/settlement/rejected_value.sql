-- Grain: rejected registration. Key: table_name, delivery_no, row_no. lost_dkk: DKK that it would
-- have given, had it alone counted: the start and the completion that its citizen does not have
-- without it, or the wages; null where that can't be computed, since a cell that decides it is
-- unreadable, its citizen is not known, or its cells match no columns. The caps are left aside.
CREATE OR REPLACE TABLE run.rejected_value AS
WITH registrations AS (
    SELECT
        table_name,
        delivery_no,
        row_no,
        accepted_row_no,
        citizen_row_no AS registration_no,
        min(start_day) AS start_day
    FROM run.would_be_spells
    GROUP BY ALL
),

events AS (
    SELECT
        r.table_name,
        r.delivery_no,
        r.row_no,
        CASE WHEN e.start_date IS NULL THEN r.start_day END AS start_day,
        CASE WHEN e.completion_date IS NULL THEN w.completion_date END AS completion_day
    FROM registrations AS r
    LEFT JOIN completions_of('run.would_be_spells') AS w
        ON w.delivery_no = r.delivery_no AND w.citizen_row_no = r.registration_no
    LEFT JOIN run.citizen_events AS e
        ON e.delivery_no = r.delivery_no AND e.row_no = r.accepted_row_no
),

amounts AS (
    SELECT
        v.table_name,
        v.delivery_no,
        v.row_no,
        coalesce(sr.amount_dkk, 0) + coalesce(cr.amount_dkk, 0) AS lost_dkk
    FROM events AS v
    LEFT JOIN run.rates AS sr
        ON sr.rate = 'start' AND v.start_day BETWEEN sr.valid_from AND sr.valid_to
    LEFT JOIN run.rates AS cr
        ON cr.rate = 'completion' AND v.completion_day BETWEEN cr.valid_from AND cr.valid_to
    UNION ALL
    SELECT 'udgifter', x.delivery_no, x.row_no, x.beloeb
    FROM run.expenses AS x
    JOIN run.expense_categories AS k ON k.kategori = x.kategori AND k.is_fixed_grant
    SEMI JOIN
        (SELECT * FROM run.rejected_rows WHERE table_name = 'udgifter') AS q
        USING (delivery_no, row_no)
    WHERE x.beloeb > 0
),

persons AS MATERIALIZED (
    SELECT
        c.delivery_no,
        c.row_no,
        c.borger_id,
        c.visitationsdato IS NULL AS has_no_day,
        j.row_no IS NOT NULL AS is_rejected,
        -- An arm that is not known may be the participants'.
        coalesce(a.arm, '') <> 'control' AS may_participate,
        a.arm IS NULL AS has_no_arm
    FROM run.citizens AS c
    LEFT JOIN run.arms AS a ON a.gruppe = c.gruppe
    LEFT JOIN run.rejected_rows AS j
        ON j.table_name = 'borgere' AND j.delivery_no = c.delivery_no AND j.row_no = c.row_no
),

-- Of a type that counts or is not known.
rejected_spells AS MATERIALIZED (
    SELECT
        s.delivery_no,
        s.row_no,
        s.borger_id,
        t.type IS NULL
        OR s.startdato IS NULL
        OR s.slutdato_text IS NOT NULL
        OR s.slutdato < s.startdato
        OR s.virksomhed_cvr IS NULL AS is_unreadable
    FROM run.spells AS s
    JOIN run.rejected_rows AS j
        ON j.table_name = 'forloeb' AND j.delivery_no = s.delivery_no AND j.row_no = s.row_no
    LEFT JOIN run.spell_types AS t ON t.type = s.type
    WHERE t.is_qualifying IS NOT FALSE
),

unreckoned AS (
    SELECT 'forloeb' AS table_name, s.delivery_no, s.row_no
    FROM rejected_spells AS s
    LEFT JOIN persons AS p
        ON p.delivery_no = s.delivery_no AND p.borger_id = s.borger_id AND s.borger_id <> ''
    LEFT JOIN run.citizen_events AS e ON e.delivery_no = p.delivery_no AND e.row_no = p.row_no
    WHERE p.row_no IS NULL
       OR (
           s.is_unreadable
           AND p.may_participate
           AND (e.start_date IS NULL OR e.completion_date IS NULL)
       )
    UNION
    SELECT 'borgere', p.delivery_no, p.row_no
    FROM persons AS p
    LEFT JOIN rejected_spells AS s ON s.delivery_no = p.delivery_no AND s.borger_id = p.borger_id
    WHERE p.is_rejected
      AND p.may_participate
      AND (
          p.borger_id = ''
          OR (s.row_no IS NOT NULL AND (p.has_no_day OR s.is_unreadable OR p.has_no_arm))
      )
    UNION
    SELECT 'udgifter', x.delivery_no, x.row_no
    FROM run.expenses AS x
    SEMI JOIN (SELECT * FROM run.rejected_rows WHERE table_name = 'udgifter') AS j
        USING (delivery_no, row_no)
    LEFT JOIN run.expense_categories AS k ON k.kategori = x.kategori
    WHERE x.beloeb IS NULL OR k.kategori IS NULL OR (k.is_fixed_grant AND x.dato IS NULL)
    UNION
    -- Which of its cells belongs to which column is unknown (R01).
    SELECT table_name, delivery_no, row_no FROM run.ragged
)

SELECT
    table_name,
    delivery_no,
    row_no,
    CASE WHEN u.row_no IS NULL THEN coalesce(a.lost_dkk, 0) END::DECIMAL(18, 2) AS lost_dkk
FROM run.rejected_rows
LEFT JOIN amounts AS a USING (table_name, delivery_no, row_no)
LEFT JOIN unreckoned AS u USING (table_name, delivery_no, row_no)
