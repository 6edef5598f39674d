"""Computing a settlement: the tables of one run, in the order in which they depend on one another."""
