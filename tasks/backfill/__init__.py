"""Settling earlier years again from one state, and drafting their differences from the ledger as adjustments."""
