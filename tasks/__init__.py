"""The steps of the settlement: one package per step, with Prefect in its thin `task.py` and the pure code beside it."""
