-- Grain: one row. Whether the delivery that is checked was accepted.
SELECT is_accepted FROM core_receipts
