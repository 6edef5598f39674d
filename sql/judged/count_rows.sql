-- Grain: one row. The rows of standing deliveries in a view of the run. The place in braces takes its name.
SELECT count(*)
FROM {batch}
SEMI JOIN run.standing USING (delivery_no)
