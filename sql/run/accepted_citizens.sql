-- Grain: accepted citizen. Key: project_id, borger_id. arm: 'participant' or 'control'. person: the
-- pseudonym's first 128 bits, which distinguish persons at half the cost of all.
CREATE OR REPLACE TABLE run.accepted_citizens AS
SELECT
    c.project_id,
    c.delivery_no,
    c.row_no,
    c.borger_id,
    left(c.person, 32)::UUID AS person,
    a.arm,
    c.maalgruppe,
    c.visitationsdato
FROM run.citizens AS c
JOIN run.arms AS a USING (gruppe)
ANTI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'borgere' AND action = 'reject') AS q
    USING (delivery_no, row_no)
