"""The ledger: what was decided and posted, kept so that any later change shows."""
