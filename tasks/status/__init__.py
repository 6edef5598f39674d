"""Where the settlement stands: what was delivered, drafted and released, and what is due next."""
