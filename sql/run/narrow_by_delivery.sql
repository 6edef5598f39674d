-- Keeps in the run's table {table} only the rows of deliveries in force of the projects of
-- run.projects.
DELETE FROM run.{table}
WHERE delivery_no NOT IN (SELECT delivery_no FROM run.projects WHERE delivery_no IS NOT NULL)
