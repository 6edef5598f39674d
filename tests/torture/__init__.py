"""What tries to break the system: each file is one promise of `docs/guarantees.md`, tried by force.

A short form runs with every test run; the long one with JOBFIRST_TORTURE=1 (`make torture`). Every random choice comes
from a seed that a failing test prints; JOBFIRST_TORTURE_SEED names another.
"""
