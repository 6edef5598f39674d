-- Takes a table of the run away. The place in braces takes its name.
DROP TABLE IF EXISTS run.{table}
