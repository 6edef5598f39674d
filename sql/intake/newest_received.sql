-- Grain: one row. received_at: when the newest delivery was received (UTC); null where none was.
SELECT max(received_at) AS received_at FROM core_receipts
