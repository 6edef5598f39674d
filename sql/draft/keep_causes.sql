-- Adds the causes of the draft $draft_no.
INSERT INTO draft_causes BY NAME
SELECT $draft_no::INTEGER AS draft_no, * EXCLUDE (of_one_da)
FROM run.causes
