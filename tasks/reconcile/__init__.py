"""Reconciliation: sums that must be equal, asserted at every run and kept with it."""
