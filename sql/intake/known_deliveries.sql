-- Grain: distinct delivery. is_accepted: by some receipt; remarks: the faults of the newest such
-- receipt, in order.
WITH accepted AS (
    SELECT delivery_no, max(receipt_no) AS receipt_no
    FROM core_receipts
    WHERE is_accepted
    GROUP BY delivery_no
)

SELECT
    d.project_folder,
    d.as_of_folder,
    d.content_sha256,
    d.delivery_no,
    a.receipt_no IS NOT NULL AS is_accepted,
    list({'code': f.code, 'da': f.place_da, 'en': f.place_en} ORDER BY f.place_no)
        FILTER (WHERE f.receipt_no IS NOT NULL) AS remarks
FROM core_deliveries AS d
LEFT JOIN accepted AS a USING (delivery_no)
LEFT JOIN core_faults AS f USING (receipt_no)
GROUP BY ALL
