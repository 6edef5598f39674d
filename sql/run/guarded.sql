-- Grain: delivery whose rows the guards look at. Key: delivery_no. Those in force, and those
-- received last: what the intake has just written is looked at once, and a warehouse of many years
-- costs a run no more than one of a few.
CREATE OR REPLACE TABLE run.guarded AS
SELECT delivery_no FROM run.in_force
UNION
SELECT delivery_no
FROM core_receipts
WHERE received_at = (SELECT max(received_at) FROM core_receipts)
