-- Grain: place where an F rule fails in the delivery that is checked, in the order found. Its
-- receipt is the last: one with the contents of the delivery before has the earlier one too.
SELECT code, place_da, place_en
FROM core_faults
WHERE code LIKE 'F%' AND receipt_no = (SELECT max(receipt_no) FROM core_receipts)
ORDER BY code, place_no
