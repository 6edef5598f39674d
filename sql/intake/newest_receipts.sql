-- Grain: name of a delivery in the inbox. Its newest receipt, and the faults it was judged with, in
-- order.
SELECT
    d.project_folder,
    d.as_of_folder,
    r.delivery_no,
    r.receipt_no,
    list({'code': f.code, 'da': f.place_da, 'en': f.place_en} ORDER BY f.place_no)
        FILTER (WHERE f.receipt_no IS NOT NULL) AS faults
FROM core_receipts AS r
JOIN core_deliveries AS d USING (delivery_no)
LEFT JOIN core_faults AS f USING (receipt_no)
WHERE r.receipt_no IN (
    SELECT max(s.receipt_no)
    FROM core_receipts AS s
    JOIN core_deliveries AS e USING (delivery_no)
    GROUP BY e.project_folder, e.as_of_folder
)
GROUP BY ALL
