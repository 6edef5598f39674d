-- Grain: accepted citizen, element; of a control only those that spells judge. Key: delivery_no,
-- citizen_row_no, element. value: 'ja', 'nej', 'uoplyst' or 'ikke_endnu'; due_date: the first day
-- on which it is due; fulfilled_date: null where it is not. A registered element is fulfilled on
-- the day of the row that holds.
CREATE OR REPLACE TABLE run.fidelity_values AS
SELECT
    a.project_id,
    a.delivery_no,
    a.row_no AS citizen_row_no,
    a.borger_id,
    a.arm,
    e.element,
    e.number,
    (a.visitationsdato + e.due_days - 1)::DATE AS due_date,
    (a.visitationsdato + e.due_days - 1)::DATE <= p.as_of_date AS is_due,
    CASE
        WHEN e.judged_by = 'forloeb' THEN 'forloeb'
        ELSE h.known_kilde
    END AS judged_by,
    CASE
        WHEN e.judged_by = 'forloeb' THEN s.fulfilled_date
        WHEN h.opfyldt = 'ja' THEN h.dato
    END AS fulfilled_date,
    CASE
        WHEN (e.judged_by = 'forloeb' AND s.element IS NOT NULL) OR h.opfyldt = 'ja' THEN 'ja'
        WHEN (a.visitationsdato + e.due_days - 1)::DATE > p.as_of_date THEN 'ikke_endnu'
        WHEN e.judged_by = 'registered' AND h.element IS NULL THEN 'uoplyst'
        ELSE 'nej'
    END AS value
FROM run.accepted_citizens AS a
JOIN run.projects AS p USING (project_id)
JOIN run.elements AS e ON a.arm = 'participant' OR e.judged_by = 'forloeb'
LEFT JOIN run.spell_elements AS s
    ON s.delivery_no = a.delivery_no AND s.citizen_row_no = a.row_no AND s.element = e.element
LEFT JOIN run.held_rows AS h
    ON h.delivery_no = a.delivery_no AND h.citizen_row_no = a.row_no AND h.element = e.element
