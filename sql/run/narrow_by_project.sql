-- Leaves in the run's table {table} what belongs to $projects, and to the portfolio as a whole.
DELETE FROM run.{table}
WHERE coalesce(project_id, '') <> '' AND NOT list_contains($projects::VARCHAR[], project_id)
