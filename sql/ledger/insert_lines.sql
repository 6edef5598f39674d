-- Adds entries from $lines of ledger.jsonl.
INSERT INTO core_ledger BY NAME
SELECT unnest(entry)
FROM (
    SELECT
        from_json(
            unnest($lines),
            '{
                "number": "BIGINT",
                "run": "VARCHAR",
                "project_id": "VARCHAR",
                "year": "INTEGER",
                "component": "VARCHAR",
                "kind": "VARCHAR",
                "amount_dkk": "DECIMAL(18, 2)",
                "text": "VARCHAR",
                "waivers": [{"code": "VARCHAR", "reason": "VARCHAR"}],
                "draft_fingerprint": "VARCHAR",
                "prepared_by": "VARCHAR",
                "approved_by": "VARCHAR",
                "approval": {
                    "prepared_as": "VARCHAR",
                    "approved_as": "VARCHAR",
                    "accepted": [{"code": "VARCHAR", "reason": "VARCHAR"}],
                    "signature_sha256": "VARCHAR"
                },
                "program": "VARCHAR",
                "posted_at": "TIMESTAMP",
                "previous_sha256": "VARCHAR",
                "sha256": "VARCHAR"
            }'
        ) AS entry
)
