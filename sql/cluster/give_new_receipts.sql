-- Writes the receipts that a shard wrote to a file.
COPY (SELECT * FROM core_receipts WHERE receipt_no > $last_receipt_no) TO $path (FORMAT parquet)
