-- Grain: citizen who completes by `spell_table`, a table with the columns of run.qualifying_spells. Key: delivery_no,
-- citizen_row_no. completion_date: the earliest day on which a chain of spells at one company reaches the days that a
-- completion takes. Only what can complete is chained: a company's spells that together span those days.
CREATE OR REPLACE MACRO completions_of(spell_table) AS TABLE
WITH companies AS (
    SELECT
        q.delivery_no,
        q.citizen_row_no,
        q.virksomhed_cvr,
        count(*) AS spells,
        min(q.start_day) AS first_day
    FROM query_table(spell_table) AS q
    JOIN run.projects AS p USING (delivery_no)
    GROUP BY q.delivery_no, q.citizen_row_no, q.virksomhed_cvr, p.completion_days
    HAVING max(q.end_day) - min(q.start_day) + 1 >= p.completion_days
),

-- A spell begins a new chain where its start lies beyond the reach of every earlier end.
marked AS (
    SELECT
        q.*,
        q.start_day > max(k.reach_day) OVER earlier IS NOT FALSE AS begins_chain
    FROM query_table(spell_table) AS q
    SEMI JOIN (SELECT * FROM companies WHERE spells > 1) AS c
        USING (delivery_no, citizen_row_no, virksomhed_cvr)
    JOIN run.calendar AS k ON k.day = q.end_day
    WINDOW earlier AS (
        PARTITION BY q.delivery_no, q.citizen_row_no, q.virksomhed_cvr
        ORDER BY q.start_day, q.end_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),

numbered AS (
    SELECT
        *,
        count(*) FILTER (WHERE begins_chain) OVER (
            PARTITION BY delivery_no, citizen_row_no, virksomhed_cvr
            ORDER BY start_day, end_day
            ROWS UNBOUNDED PRECEDING
        ) AS chain_no
    FROM marked
),

chains AS (
    SELECT
        delivery_no,
        citizen_row_no,
        min(start_day) AS first_day,
        max(end_day) AS last_day
    FROM numbered
    GROUP BY delivery_no, citizen_row_no, virksomhed_cvr, chain_no
),

completed AS (
    SELECT delivery_no, citizen_row_no, first_day
    FROM companies
    WHERE spells = 1
    UNION ALL
    SELECT c.delivery_no, c.citizen_row_no, c.first_day
    FROM chains AS c
    JOIN run.projects AS p USING (delivery_no)
    WHERE c.last_day - c.first_day + 1 >= p.completion_days
)

SELECT d.delivery_no, d.citizen_row_no, min(d.first_day) + (p.completion_days - 1)::INTEGER AS completion_date
FROM completed AS d
JOIN run.projects AS p USING (delivery_no)
GROUP BY d.delivery_no, d.citizen_row_no, p.completion_days
