-- Appends the receipts of a shard, numbered on from those of the shards before; its deliveries as
-- in append_by_delivery.
INSERT INTO core_receipts BY NAME
SELECT
    * REPLACE (
        CASE
            WHEN delivery_no > $last_delivery_no::INTEGER
                THEN delivery_no + $new_before::INTEGER
            ELSE delivery_no
        END
            AS delivery_no,
        receipt_no + $receipts_before::INTEGER AS receipt_no
    )
FROM read_parquet($path::VARCHAR)
