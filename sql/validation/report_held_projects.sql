-- Adds to run.violations, for each project that rows hold, each code of $rules that they break: how
-- many rows, and the first of them.
INSERT INTO run.violations
SELECT
    h.project_id,
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
        array_to_string(h.first_rows, ', '),
        if(h.more_count > 0, ' og ' || h.more_count || ' mere', ''),
        if(h.row_count = 1, 'Rækken', 'Rækkerne'),
        r.page
    ),
    format(
        'The rule "{}" does not hold in {} of {} (row {}{}). {} counted, and the project waits.{}',
        r.title_en,
        h.row_count || if(h.row_count = 1, ' row', ' rows'),
        h.table_name,
        array_to_string(h.first_rows, ', '),
        if(h.more_count > 0, ' and ' || h.more_count || ' more', ''),
        if(h.row_count = 1, 'It is', 'They are'),
        r.page
    )
FROM run.row_holds AS h
JOIN (SELECT unnest($rules, recursive := true)) AS r USING (code)
