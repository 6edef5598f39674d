"""The state of the settlements: what was delivered, drafted and released, and what is due next."""
