-- Writes the rows of the deliveries in force, one folder per shard: $folder/shard_no=<n>/. The
-- place in braces takes the table's name. Reads shards (frame).
COPY (
    SELECT r.*, s.shard_no
    FROM {table} AS r
    JOIN shards AS s USING (delivery_no)
) TO $folder (FORMAT parquet, PARTITION_BY (shard_no))
