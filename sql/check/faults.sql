-- Grain: place where an F rule fails in the delivery $delivery_no that is checked, in the order
-- found.
SELECT code, place_da, place_en
FROM core_faults
JOIN core_receipts USING (receipt_no)
WHERE code LIKE 'F%' AND delivery_no = $delivery_no
ORDER BY code, place_no
