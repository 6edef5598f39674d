-- Grain: one row. What a settlement of all that is known now rests on, beside its register and
-- rules: each record that is only ever added to, as a hash over its contents.
SELECT
    (
        SELECT sha256(string_agg(
            concat_ws(
                ' ', r.receipt_no, d.project_folder, d.as_of_folder, d.content_sha256, r.is_accepted
            ),
            chr(10)
            ORDER BY r.receipt_no
        ))
        FROM core_receipts AS r
        JOIN core_deliveries AS d USING (delivery_no)
    ) AS receipts,
    (
        SELECT
            sha256(
                string_agg(
                    concat_ws(' ', receipt_no, code, place_da, place_en),
                    chr(10) ORDER BY receipt_no, place_no
                )
            )
        FROM core_faults
    ) AS faults,
    (
        SELECT sha256(string_agg(concat_ws(' ', name, sha256(contents)), chr(10) ORDER BY known_no))
        FROM core_known
    ) AS known,
    (SELECT arg_max(sha256, number) FROM core_ledger) AS ledger
