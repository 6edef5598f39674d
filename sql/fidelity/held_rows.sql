-- Grain: accepted participant, registered element that some row is about. Key: delivery_no,
-- citizen_row_no, element. The row that holds: the newest; of several on one day, the consultant's;
-- of several of one day and source, the one further down.
CREATE OR REPLACE TABLE run.held_rows AS
SELECT r.delivery_no, r.citizen_row_no, r.known_element AS element, r.opfyldt, r.dato, r.known_kilde
FROM run.element_rows AS r
ANTI JOIN (SELECT * FROM run.element_quarantine WHERE action = 'reject') AS q
    USING (delivery_no, row_no)
WHERE r.judged_by = 'registered' AND r.arm = 'participant'
QUALIFY row_number() OVER (
    PARTITION BY r.delivery_no, r.citizen_row_no, r.known_element
    ORDER BY r.dato DESC, r.known_kilde = 'konsulent' DESC, r.row_no DESC
) = 1
