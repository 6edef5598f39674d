-- Gives a table of the run another name. The places in braces take the two.
ALTER TABLE run.{table} RENAME TO {other}
