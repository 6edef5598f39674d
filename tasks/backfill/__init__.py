"""The backfill: earlier years settled again from one state, their differences to the ledger drafted as adjustments."""
