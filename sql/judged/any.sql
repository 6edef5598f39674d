-- Grain: one row. Whether any delivery's verdicts stand.
SELECT EXISTS (FROM run.standing)
