-- Grain: delivery whose rows the guards look at. Key: delivery_no. Those that are judged now, and those received last: on
-- what stands they looked when it was judged, and a warehouse of many years costs a run no more than one of a few.
CREATE OR REPLACE TABLE run.guarded AS
SELECT delivery_no FROM run.in_force ANTI JOIN run.standing USING (delivery_no)
UNION
SELECT delivery_no FROM core_receipts WHERE received_at = (SELECT max(received_at) FROM core_receipts)
