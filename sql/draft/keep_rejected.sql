-- Adds the rejected rows of the draft $draft_no.
INSERT INTO draft_rejected BY NAME
SELECT $draft_no::INTEGER AS draft_no, table_name, delivery_no, row_no, code
FROM run.quarantine
WHERE action = 'reject'
