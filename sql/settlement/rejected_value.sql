-- Grain: rejected registration that would have given something, had it alone counted. Key: table_name, delivery_no,
-- row_no. lost_dkk: DKK, the start and the completion that its citizen does not have without it, or the wages.
-- The caps are left aside.
CREATE OR REPLACE TABLE run.rejected_value AS
WITH registrations AS (
    SELECT table_name, delivery_no, row_no, citizen_row_no AS registration_no, min(start_day) AS start_day
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
    LEFT JOIN run.spells AS s
        ON r.table_name = 'forloeb' AND s.delivery_no = r.delivery_no AND s.row_no = r.row_no
    LEFT JOIN run.citizen_events AS e ON e.project_id = s.project_id AND e.citizen_id = s.borger_id
),

amounts AS (
    SELECT
        v.table_name,
        v.delivery_no,
        v.row_no,
        coalesce(sr.amount_dkk, 0) + coalesce(cr.amount_dkk, 0) AS lost_dkk
    FROM events AS v
    LEFT JOIN run.rates AS sr ON sr.rate = 'start' AND v.start_day BETWEEN sr.valid_from AND sr.valid_to
    LEFT JOIN run.rates AS cr ON cr.rate = 'completion' AND v.completion_day BETWEEN cr.valid_from AND cr.valid_to
    UNION ALL
    SELECT 'udgifter', x.delivery_no, x.row_no, x.beloeb
    FROM run.expenses AS x
    JOIN run.expense_categories AS k ON k.kategori = x.kategori AND k.is_fixed_grant
    SEMI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'udgifter' AND action = 'reject') AS q
        USING (delivery_no, row_no)
    WHERE x.beloeb > 0
)

SELECT table_name, delivery_no, row_no, lost_dkk::DECIMAL(18, 2) AS lost_dkk
FROM amounts
WHERE lost_dkk > 0
