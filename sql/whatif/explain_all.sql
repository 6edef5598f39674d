-- Has the stages taken of every project of the register, and compared with no draft.
INSERT INTO run.explained BY NAME SELECT project_id FROM run.projects
