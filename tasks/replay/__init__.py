"""Computing any year again, now or as it was known: what a what-if, a forecast and an evaluation start from."""
