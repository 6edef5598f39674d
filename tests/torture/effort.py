"""How hard to try: the short form of a test, or the long one."""

from __future__ import annotations

import os
import random

VARIABLE = "JOBFIRST_TORTURE"
IS_LONG = os.environ.get(VARIABLE, "") not in ("", "0")
SEED = int(os.environ.get("JOBFIRST_TORTURE_SEED", "20180215"))


def times(short: int, long: int) -> int:
    """Give how many times to try."""
    return long if IS_LONG else short


def seeded(name: str) -> random.Random:
    """Give the random choices of one test, and print their seed: it is shown when the test fails."""
    print(f"{name}: seed {SEED}")  # noqa: T201 - a test's output is shown when it fails
    return random.Random(f"{SEED} {name}")
