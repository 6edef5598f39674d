-- Adds to run.violations, for each project that rows hold, each code of $rules that they break: how
-- many rows, and the first of them.
INSERT INTO run.violations
WITH held AS (
    SELECT
        delivery_no,
        table_name,
        code,
        count(*) AS row_count,
        array_to_string(list(row_no ORDER BY row_no)[:5], ', ') AS first_rows
    FROM run.quarantine
    WHERE action = 'hold'
    GROUP BY delivery_no, table_name, code
)

SELECT
    p.project_id,
    'project',
    NULL,
    '',
    h.code,
    'hold',
    format(
        'Reglen »{}« er ikke opfyldt i {} i {} (række {}{}). {} tæller med, og projektet venter.{}',
        r.title_da,
        h.row_count || if(h.row_count = 1, ' række', ' rækker'),
        h.table_name,
        h.first_rows,
        if(h.row_count > 5, ' og ' || (h.row_count - 5) || ' mere', ''),
        if(h.row_count = 1, 'Rækken', 'Rækkerne'),
        r.page
    ),
    format(
        'The rule "{}" does not hold in {} of {} (row {}{}). {} counted, and the project waits.{}',
        r.title_en,
        h.row_count || if(h.row_count = 1, ' row', ' rows'),
        h.table_name,
        h.first_rows,
        if(h.row_count > 5, ' and ' || (h.row_count - 5) || ' more', ''),
        if(h.row_count = 1, 'It is', 'They are'),
        r.page
    )
FROM held AS h
JOIN run.projects AS p USING (delivery_no)
JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
