-- Appends the faults of a shard's receipts, which are numbered on from those of the shards before.
INSERT INTO core_faults BY NAME
SELECT * REPLACE (receipt_no + $receipts_before::INTEGER AS receipt_no)
FROM read_parquet($path::VARCHAR)
