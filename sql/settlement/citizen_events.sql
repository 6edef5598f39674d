-- Grain: accepted citizen. Key: project_id, citizen_id. The start (first day of the first spell
-- that counts), the completion, and what each pays at the rate of its day, in DKK; null where there
-- is none.
CREATE OR REPLACE TABLE run.citizen_events AS
WITH starts AS (
    SELECT delivery_no, citizen_row_no, min(start_day) AS start_date
    FROM run.qualifying_spells
    GROUP BY delivery_no, citizen_row_no
)

SELECT
    a.project_id,
    a.delivery_no,
    a.borger_id AS citizen_id,
    a.row_no,
    a.arm,
    a.maalgruppe,
    s.start_date,
    sr.amount_dkk AS start_dkk,
    c.completion_date,
    cr.amount_dkk AS completion_dkk
FROM run.accepted_citizens AS a
LEFT JOIN starts AS s ON s.delivery_no = a.delivery_no AND s.citizen_row_no = a.row_no
LEFT JOIN run.completions AS c ON c.delivery_no = a.delivery_no AND c.citizen_row_no = a.row_no
LEFT JOIN run.rates AS sr
    ON sr.rate = 'start' AND s.start_date BETWEEN sr.valid_from AND sr.valid_to
LEFT JOIN run.rates AS cr
    ON cr.rate = 'completion' AND c.completion_date BETWEEN cr.valid_from AND cr.valid_to
