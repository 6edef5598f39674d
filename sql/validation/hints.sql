-- Grain: text that a message shows as a value of a column, and language, in which something is said
-- beside it. Key: column_name, text, is_danish. The place in braces takes the columns that hold
-- codes, each with the known ones. Made once, for all suites and both languages: planning what may
-- be said costs more than a hundred messages. Reads shown_texts.
CREATE OR REPLACE TEMP TABLE hints AS
WITH language (is_danish) AS (
    VALUES (true), (false)
),

-- Apart, since nullif is a macro, too, which would have all that may be said planned twice.
flaws AS (
    SELECT s.column_name, s.text, l.is_danish, hint(s.kind, s.text, l.is_danish) AS flaw
    FROM shown_texts AS s
    CROSS JOIN language AS l
),

said_of AS MATERIALIZED (
    SELECT
        f.column_name,
        f.text,
        f.is_danish,
        coalesce(nullif(f.flaw, ''), nearest_code(f.text, c.known, f.is_danish)) AS hint
    FROM flaws AS f
    LEFT JOIN {codes} AS c (column_name, known) USING (column_name)
)

FROM said_of
WHERE hint <> ''
