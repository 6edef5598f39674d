"""The hand-over of a release: posting basis, payment file, the ledger entries."""
