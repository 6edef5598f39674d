-- Grain: moment (UTC) at which a delivery came into the inbox, changed, or was judged anew. Key:
-- receipt_no. Append only. is_accepted: no refusing fault (core_faults).
CREATE TABLE IF NOT EXISTS core_receipts (
    receipt_no INTEGER PRIMARY KEY,
    delivery_no INTEGER NOT NULL,
    received_at TIMESTAMP NOT NULL,
    is_accepted BOOLEAN NOT NULL
)
