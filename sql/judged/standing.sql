-- Grain: delivery in force whose verdicts and events were made on $basis in an earlier run, and stand. Key: delivery_no.
CREATE OR REPLACE TABLE run.standing AS
SELECT p.delivery_no
FROM run.projects AS p
JOIN run.judged AS j USING (delivery_no, receipt_no)
WHERE j.basis = $basis::VARCHAR
