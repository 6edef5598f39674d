-- Leaves in the run's table {table} the rows of deliveries in force for the projects of run.projects.
DELETE FROM run.{table}
WHERE delivery_no NOT IN (SELECT delivery_no FROM run.projects WHERE delivery_no IS NOT NULL)
