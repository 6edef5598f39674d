-- Grain: stage. Its appropriation in DKK.
SELECT stage, appropriation_dkk FROM run.stage_programme
