"""The steps of the settlement: one package a step, Prefect in its thin `task.py`, the pure code beside it."""
