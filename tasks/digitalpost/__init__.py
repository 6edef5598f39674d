"""Letters as Digital Post messages; sending them is outside."""
