-- Adds the spells that gave the events of the draft $draft_no: of a start the first one, and of a
-- completion those of its chain, up to the one that reaches the day. A chain may bridge that day;
-- then the spell after it reaches it.
INSERT INTO draft_spells BY NAME
WITH starts AS (
    SELECT
        delivery_no,
        citizen_row_no,
        arg_min(spell_row_no, (start_day, spell_row_no)) AS spell_row_no
    FROM run.qualifying_spells
    GROUP BY delivery_no, citizen_row_no
),

-- At the company of the completion, from the first day of the chain that completes.
candidates AS (
    SELECT
        q.delivery_no, q.citizen_row_no, q.spell_row_no, q.start_day, q.end_day, c.completion_date
    FROM run.qualifying_spells AS q
    JOIN run.completions AS c USING (delivery_no, citizen_row_no, virksomhed_cvr)
    JOIN run.projects AS p USING (delivery_no)
    WHERE q.start_day >= c.completion_date - (p.completion_days - 1)::INTEGER
),

reaching AS (
    SELECT delivery_no, citizen_row_no, min((start_day, end_day, spell_row_no)) AS place
    FROM candidates
    WHERE end_day >= completion_date
    GROUP BY delivery_no, citizen_row_no
)

SELECT $draft_no::INTEGER AS draft_no, delivery_no, citizen_row_no, 'start' AS event, spell_row_no
FROM starts
UNION ALL
SELECT $draft_no::INTEGER, c.delivery_no, c.citizen_row_no, 'completion', c.spell_row_no
FROM candidates AS c
JOIN reaching AS r USING (delivery_no, citizen_row_no)
WHERE (c.start_day, c.end_day, c.spell_row_no) <= r.place
