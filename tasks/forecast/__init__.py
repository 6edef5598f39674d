"""What the programme comes to at its last day: an estimate that no settlement reads."""
