-- Grain: one row. How far each record that is only ever added to has come: two equal answers mean that nothing has
-- been received, learned or posted between them.
SELECT
    (SELECT max(receipt_no) FROM core_receipts) AS receipt_no,
    (SELECT max(known_no) FROM core_known) AS known_no,
    (SELECT arg_max(sha256, number) FROM core_ledger) AS ledger_sha256
