-- Grain: distinct delivery. accepted_receipt_no: the newest receipt by which it was accepted (null: never).
SELECT d.project_folder, d.as_of_folder, d.content_sha256, d.delivery_no, max(r.receipt_no) AS accepted_receipt_no
FROM core_deliveries AS d
LEFT JOIN core_receipts AS r ON r.delivery_no = d.delivery_no AND r.is_accepted
GROUP BY ALL
