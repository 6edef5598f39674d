-- Adds the causes of the draft $draft_no.
INSERT INTO draft_causes BY NAME
SELECT $draft_no::INTEGER AS draft_no, *
FROM run.causes
