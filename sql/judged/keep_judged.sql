-- Notes that the run's tables hold all verdicts and events of the deliveries in force, made on $basis.
INSERT INTO run.judged
SELECT delivery_no, receipt_no, $basis::VARCHAR
FROM run.projects
WHERE delivery_no IS NOT NULL
