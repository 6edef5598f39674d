"""What tries to break the system: each file is one promise of `docs/guarantees.md`, tried by force.

`tests/support/effort.py` says how hard: a short form runs in CI; the long one with JOBFIRST_TORTURE=1 (`make torture`).
Every random choice comes from a seed that a failing test prints; JOBFIRST_TORTURE_SEED names another.
"""
