-- Takes out what was judged before: the run's tables are about to change.
DELETE FROM run.judged
