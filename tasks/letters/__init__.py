"""The letters to the municipalities: facts, wording, layout."""
