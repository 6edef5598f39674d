-- Grain: one row. The last numbers that are given to deliveries and receipts; 0 where there are
-- none.
SELECT
    coalesce((SELECT max(delivery_no) FROM core_deliveries), 0) AS delivery_no,
    coalesce((SELECT max(receipt_no) FROM core_receipts), 0) AS receipt_no
