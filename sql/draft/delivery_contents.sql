-- Grain: project with a delivery that is reported. One hash over the contents and the verdict of
-- each such delivery.
SELECT
    t.project_id,
    deliveries_sha256(t.as_of_folder, d.content_sha256, t.is_in_force)
FROM run.reported_receipts AS t
JOIN core_receipts AS r USING (receipt_no)
JOIN core_deliveries AS d USING (delivery_no)
GROUP BY t.project_id
ORDER BY t.project_id
