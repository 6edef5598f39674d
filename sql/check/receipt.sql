-- Grain: one row. The delivery that was received last, and whether it was accepted.
SELECT delivery_no, is_accepted FROM core_receipts ORDER BY receipt_no DESC LIMIT 1
