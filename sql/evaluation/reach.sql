-- Grain: the trial. cut: the last day that is known of any project; first_day: on which the first
-- citizen was drawn.
SELECT
    max(cut) AS cut,
    min(day) AS first_day
FROM run.trial
