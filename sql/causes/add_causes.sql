-- Adds the causes of the frame reported_causes.
INSERT INTO run.causes BY NAME SELECT * FROM reported_causes
