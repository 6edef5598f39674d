-- Grain: project with a delivery that is reported. One hash over the contents and the verdict of
-- each such delivery.
SELECT
    t.project_id,
    sha256(
        string_agg(
            concat_ws(
                ' ',
                t.as_of_folder,
                d.content_sha256,
                CASE WHEN t.is_in_force THEN 'in force' ELSE 'refused' END
            ),
            chr(10)
            ORDER BY t.as_of_folder, d.content_sha256, t.is_in_force
        )
    )
FROM run.told_receipts AS t
JOIN core_receipts AS r USING (receipt_no)
JOIN core_deliveries AS d USING (delivery_no)
GROUP BY t.project_id
ORDER BY t.project_id
