-- Grain: one row. The programme's first and last day, and its appropriation in DKK.
SELECT programme_first_day, programme_last_day, appropriation_dkk FROM run.programme
