-- Appends what a shard received. A delivery that was new to it gets the number that it would have
-- had in the order of the inbox: $new_before were received for the first time by the shards before.
-- The place in braces takes the table's name.
INSERT INTO {table} BY NAME
SELECT
    * REPLACE (
        CASE
            WHEN delivery_no > $last_delivery_no::INTEGER
                THEN delivery_no + $new_before::INTEGER
            ELSE delivery_no
        END
            AS delivery_no
    )
FROM read_parquet($path::VARCHAR)
