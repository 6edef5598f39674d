"""What a changed rule would give: the settlement's own statements on its own rows, read-only, and nothing released."""
