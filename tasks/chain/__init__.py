"""Records that only grow: every entry carries a hash over itself and the one before, so that any later change shows."""
