-- Grain: place of a fault of a receipt, in the order found.
SELECT code, place_da, place_en
FROM core_faults
WHERE receipt_no = $receipt_no
ORDER BY place_no
