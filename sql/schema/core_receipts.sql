-- One row a moment (UTC) at which a delivery came into the inbox, changed, or was judged anew.
-- is_accepted: no refusing fault (core_faults). Append only.
CREATE TABLE IF NOT EXISTS core_receipts (
    receipt_no INTEGER PRIMARY KEY,
    delivery_no INTEGER NOT NULL,
    received_at TIMESTAMP NOT NULL,
    is_accepted BOOLEAN NOT NULL
)
