-- Grain: accepted row of forloeb in a delivery in force. Key: delivery_no, row_no.
CREATE OR REPLACE VIEW run.accepted_spells AS
SELECT s.*
FROM core_spells AS s
SEMI JOIN run.projects AS p ON p.delivery_no = s.delivery_no
ANTI JOIN (SELECT * FROM run.quarantine WHERE table_name = 'forloeb' AND action = 'reject') AS q
    ON q.delivery_no = s.delivery_no AND q.row_no = s.row_no
