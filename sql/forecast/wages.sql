-- Grain: accepted expense of the fixed grant. Its day since the programme's first day, and its
-- amount in DKK.
SELECT
    w.project_id,
    (w.dato - p.programme_first_day)::INTEGER AS day,
    w.amount_dkk::DOUBLE AS amount_dkk
FROM run.wage_rows AS w
CROSS JOIN run.programme AS p
WHERE w.dato IS NOT NULL AND w.amount_dkk IS NOT NULL
ORDER BY w.project_id, w.row_no
