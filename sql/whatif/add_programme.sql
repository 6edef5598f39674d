-- Adds the appropriation of the run's tables as $stage.
INSERT INTO run.stage_programme SELECT $stage::VARCHAR, appropriation_dkk FROM run.programme
