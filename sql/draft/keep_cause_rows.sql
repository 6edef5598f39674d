-- Adds the registrations behind the causes of the draft $draft_no.
INSERT INTO draft_cause_rows BY NAME
SELECT $draft_no::INTEGER AS draft_no, *
FROM run.cause_rows
