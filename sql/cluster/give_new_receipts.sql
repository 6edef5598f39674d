-- Writes to a file the receipts that a shard wrote.
COPY (SELECT * FROM core_receipts WHERE receipt_no > $last_receipt_no) TO $path (FORMAT parquet)
