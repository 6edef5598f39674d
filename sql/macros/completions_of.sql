-- Grain: citizen who completes by `spell_table`, a table with the columns of run.qualifying_spells.
-- Key: delivery_no, citizen_row_no. completion_date: the earliest day on which a chain of spells at
-- one company reaches the days that a completion takes; virksomhed_cvr: where that is so at several
-- companies, the one with the smallest number. Only what can complete is chained: a company's
-- spells that together span those days.
CREATE OR REPLACE MACRO completions_of(spell_table) AS TABLE
WITH companies AS (
    SELECT
        q.delivery_no,
        q.citizen_row_no,
        q.virksomhed_cvr,
        p.completion_days,
        count(*) AS spells,
        min(q.start_day) AS first_day,
        max(q.end_day) AS last_day
    FROM query_table(spell_table) AS q
    JOIN run.projects AS p USING (delivery_no)
    GROUP BY q.delivery_no, q.citizen_row_no, q.virksomhed_cvr, p.completion_days
    HAVING max(q.end_day) - min(q.start_day) + 1 >= p.completion_days
),

reached AS (
    SELECT
        q.delivery_no,
        q.citizen_row_no,
        q.virksomhed_cvr,
        q.start_day,
        c.completion_days,
        c.last_day AS company_last_day,
        max(q.end_day) OVER (
            PARTITION BY q.delivery_no, q.citizen_row_no, q.virksomhed_cvr
            ORDER BY q.start_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS earlier_last_day
    FROM query_table(spell_table) AS q
    JOIN (SELECT * FROM companies WHERE spells > 1) AS c
        USING (delivery_no, citizen_row_no, virksomhed_cvr)
    -- A rejected spell may have ended before the programme began, and belongs to no chain.
    SEMI JOIN run.calendar AS k ON k.day = q.end_day
),

-- A spell begins a new chain where its start lies beyond the reach of every earlier end; the chain
-- before ends there.
chains AS (
    SELECT
        r.delivery_no,
        r.citizen_row_no,
        r.virksomhed_cvr,
        r.completion_days,
        r.start_day AS first_day,
        lead(r.earlier_last_day, 1, r.company_last_day) OVER (
            PARTITION BY r.delivery_no, r.citizen_row_no, r.virksomhed_cvr ORDER BY r.start_day
        ) AS last_day
    FROM reached AS r
    LEFT JOIN run.calendar AS k ON k.day = r.earlier_last_day
    WHERE (r.start_day > k.reach_day) IS NOT FALSE
),

completed AS (
    SELECT delivery_no, citizen_row_no, virksomhed_cvr, completion_days, first_day
    FROM companies
    WHERE spells = 1
    UNION ALL
    SELECT delivery_no, citizen_row_no, virksomhed_cvr, completion_days, first_day
    FROM chains
    WHERE last_day - first_day + 1 >= completion_days
)

SELECT
    delivery_no,
    citizen_row_no,
    arg_min(virksomhed_cvr, (first_day, virksomhed_cvr)) AS virksomhed_cvr,
    min(first_day) + (completion_days - 1)::INTEGER AS completion_date
FROM completed
GROUP BY delivery_no, citizen_row_no, completion_days
