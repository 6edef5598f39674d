-- Keeps in the run's table {table} only what belongs to $projects, or to the portfolio as a whole.
DELETE FROM run.{table}
WHERE coalesce(project_id, '') <> '' AND NOT list_contains($projects::VARCHAR[], project_id)
