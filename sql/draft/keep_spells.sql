-- Adds the spells that gave the events of the draft $draft_no. Of several companies where a chain completes on the same
-- day, the one with the smallest CVR number is told.
INSERT INTO draft_spells BY NAME
WITH starts AS (
    SELECT
        delivery_no,
        citizen_row_no,
        arg_min(spell_row_no, (start_day, spell_row_no)) AS spell_row_no
    FROM run.qualifying_spells
    GROUP BY delivery_no, citizen_row_no
),

-- The spells from the first day of the chain that completes; a day that it bridges may be the one on which it does.
candidates AS (
    SELECT
        q.delivery_no,
        q.citizen_row_no,
        q.virksomhed_cvr,
        q.spell_row_no,
        q.start_day,
        q.end_day,
        c.completion_date,
        c.completion_date - (p.completion_days - 1)::INTEGER AS first_day,
        max(q.end_day) OVER earlier AS reached_day,
        coalesce(q.start_day > max(k.reach_day) OVER earlier, false) AS is_after_a_break
    FROM run.qualifying_spells AS q
    JOIN run.completions AS c USING (delivery_no, citizen_row_no)
    JOIN run.projects AS p USING (delivery_no)
    JOIN run.calendar AS k ON k.day = q.end_day
    WHERE q.start_day >= c.completion_date - (p.completion_days - 1)::INTEGER
    WINDOW earlier AS (
        PARTITION BY q.delivery_no, q.citizen_row_no, q.virksomhed_cvr
        ORDER BY q.start_day, q.end_day, q.spell_row_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),

chains AS (
    SELECT *
    FROM candidates
    QUALIFY NOT bool_or(is_after_a_break) OVER (
        PARTITION BY delivery_no, citizen_row_no, virksomhed_cvr
        ORDER BY start_day, end_day, spell_row_no
        ROWS UNBOUNDED PRECEDING
    )
),

companies AS (
    SELECT delivery_no, citizen_row_no, virksomhed_cvr
    FROM chains
    GROUP BY delivery_no, citizen_row_no, virksomhed_cvr
    HAVING min(start_day) = any_value(first_day) AND max(end_day) >= any_value(completion_date)
    QUALIFY row_number() OVER (PARTITION BY delivery_no, citizen_row_no ORDER BY virksomhed_cvr) = 1
)

SELECT $draft_no::INTEGER AS draft_no, delivery_no, citizen_row_no, 'start' AS event, spell_row_no
FROM starts
UNION ALL
SELECT $draft_no::INTEGER, delivery_no, citizen_row_no, 'completion', spell_row_no
FROM chains
SEMI JOIN companies USING (delivery_no, citizen_row_no, virksomhed_cvr)
WHERE reached_day IS NULL OR reached_day < completion_date
