-- Grain: row of a consultant with a municipality's own on or before its day, of the same accepted
-- participant and registered element. Key: delivery_no, row_no. own: what the newest such row says;
-- of several on one day, the one further down.
CREATE OR REPLACE TABLE run.fidelity_pairs AS
WITH kept AS (
    SELECT r.*
    FROM run.element_rows AS r
    ANTI JOIN (SELECT * FROM run.element_quarantine WHERE action = 'reject') AS q
        USING (delivery_no, row_no)
    WHERE r.judged_by = 'registered' AND r.arm = 'participant'
)

SELECT k.project_id, k.delivery_no, k.row_no, k.opfyldt AS consultant, s.opfyldt AS own
FROM kept AS k
JOIN kept AS s
    ON s.delivery_no = k.delivery_no
    AND s.citizen_row_no = k.citizen_row_no
    AND s.known_element = k.known_element
    AND s.dato <= k.dato
WHERE k.known_kilde = 'konsulent' AND s.known_kilde = 'selv'
QUALIFY row_number() OVER (
    PARTITION BY k.delivery_no, k.row_no ORDER BY s.dato DESC, s.row_no DESC
) = 1
