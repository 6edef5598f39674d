-- Writes to a file the deliveries that a shard received for the first time.
COPY (SELECT * FROM core_deliveries WHERE delivery_no > $last_delivery_no) TO $path (FORMAT parquet)
