-- Adds the causes of the frame told_causes.
INSERT INTO run.causes BY NAME SELECT * FROM told_causes
