-- Writes to a file the faults of the receipts that a shard wrote.
COPY (SELECT * FROM core_faults WHERE receipt_no > $last_receipt_no) TO $path (FORMAT parquet)
