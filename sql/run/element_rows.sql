-- Grain: row of grundelementer in a delivery in force. Key: delivery_no, row_no. With its project's
-- facts; known_element: the element meant, by code or number; known_kilde: 'selv' or 'konsulent';
-- citizen_row_no, arm, visitationsdato: of the accepted citizen; all null where there is none.
-- spells_da, spells_en: whether the citizen's spells say of the element what the row says.
CREATE OR REPLACE TABLE run.element_rows AS
SELECT
    c.*,
    p.project_id,
    p.as_of_date,
    e.element AS known_element,
    e.judged_by,
    CASE
        WHEN folded(c.kilde) IN ('selv', '') THEN 'selv'
        WHEN folded(c.kilde) = 'konsulent' THEN 'konsulent'
    END AS known_kilde,
    a.row_no AS citizen_row_no,
    a.arm,
    a.visitationsdato,
    CASE
        WHEN a.row_no IS NULL OR c.opfyldt NOT IN ('ja', 'nej') THEN 'ikke sammenlignet'
        WHEN (c.opfyldt = 'ja') <> (s.element IS NOT NULL) THEN 'uenige'
        ELSE 'enige'
    END AS spells_da,
    CASE
        WHEN a.row_no IS NULL OR c.opfyldt NOT IN ('ja', 'nej') THEN 'not compared'
        WHEN (c.opfyldt = 'ja') <> (s.element IS NOT NULL) THEN 'disagree'
        ELSE 'agree'
    END AS spells_en
FROM core_elements AS c
JOIN run.projects AS p USING (delivery_no)
LEFT JOIN run.elements AS e
    ON folded(c.element) = e.element OR folded(c.element) = e.number::VARCHAR
LEFT JOIN run.accepted_citizens AS a
    ON a.delivery_no = c.delivery_no AND a.borger_id = c.borger_id AND c.borger_id <> ''
LEFT JOIN run.spell_elements AS s
    ON s.delivery_no = a.delivery_no AND s.citizen_row_no = a.row_no AND s.element = e.element
