-- Grain: the home. received_at: when the first delivery was received (UTC); null where none was.
SELECT min(received_at) AS received_at FROM core_receipts WHERE received_at <= $known_at::TIMESTAMP
