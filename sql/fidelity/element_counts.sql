-- Grain: project with a delivery in force, element. Key: project_id, element. yes to not_yet: of
-- all courses; due: those where it is due; due_yes: those where it is due and fulfilled. control_*:
-- the same of controls, null where spells do not judge it or no control's spell was delivered.
-- grade: null below the fewest courses. contaminated: controls of whom a row that counts says ja.
CREATE OR REPLACE TABLE run.element_counts AS
WITH courses AS (
    SELECT
        project_id,
        element,
        count(*) FILTER (WHERE value = 'ja') AS yes,
        count(*) FILTER (WHERE value = 'nej') AS no,
        count(*) FILTER (WHERE value = 'uoplyst') AS unknown,
        count(*) FILTER (WHERE value = 'ikke_endnu') AS not_yet,
        count(*) FILTER (WHERE is_due) AS due,
        count(*) FILTER (WHERE is_due AND value = 'ja') AS due_yes
    FROM run.fidelity_values
    WHERE arm = 'participant'
    GROUP BY project_id, element
),

controls AS (
    SELECT
        project_id,
        element,
        count(*) FILTER (WHERE is_due) AS due,
        count(*) FILTER (WHERE is_due AND value = 'ja') AS due_yes
    FROM run.fidelity_values
    WHERE arm = 'control'
    GROUP BY project_id, element
),

with_control_spells AS (
    SELECT DISTINCT a.project_id
    FROM run.accepted_citizens AS a
    JOIN core_spells AS s USING (delivery_no, borger_id)
    WHERE a.arm = 'control'
),

contaminated AS (
    SELECT project_id, known_element AS element, count(DISTINCT citizen_row_no) AS contaminated
    FROM run.element_rows
    ANTI JOIN (SELECT * FROM run.element_quarantine WHERE action = 'reject') AS q
        USING (delivery_no, row_no)
    WHERE arm = 'control' AND opfyldt = 'ja'
    GROUP BY project_id, known_element
)

SELECT
    p.project_id,
    e.element,
    e.number,
    coalesce(c.yes, 0) AS yes,
    coalesce(c.no, 0) AS no,
    coalesce(c.unknown, 0) AS unknown,
    coalesce(c.not_yet, 0) AS not_yet,
    coalesce(c.due, 0) AS due,
    coalesce(c.due_yes, 0) AS due_yes,
    CASE WHEN w.project_id IS NOT NULL THEN k.due END AS control_due,
    CASE WHEN w.project_id IS NOT NULL THEN k.due_yes END AS control_due_yes,
    CASE
        WHEN c.due >= t.smallest_courses
            THEN 1 + len(list_filter(t.grade_shares, lambda share: c.due_yes >= share * c.due))
    END AS grade,
    coalesce(x.contaminated, 0) AS contaminated
FROM run.projects AS p
CROSS JOIN run.elements AS e
CROSS JOIN run.fidelity_terms AS t
LEFT JOIN courses AS c ON c.project_id = p.project_id AND c.element = e.element
LEFT JOIN controls AS k ON k.project_id = p.project_id AND k.element = e.element
LEFT JOIN with_control_spells AS w ON w.project_id = p.project_id
LEFT JOIN contaminated AS x ON x.project_id = p.project_id AND x.element = e.element
WHERE p.delivery_no IS NOT NULL
