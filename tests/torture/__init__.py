"""What tries to break the system: each file is one promise of `docs/guarantees.md`, tried by force.

How hard is told in `tests/support/effort.py`: a short form runs in CI; the long one with JOBFIRST_TORTURE=1
(`make torture`). Every random choice comes from a seed that a failing test prints; JOBFIRST_TORTURE_SEED names another.
"""
