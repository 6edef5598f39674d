"""How hard the tests try, in one place: which of them run, and in which form.

- A test without a mark runs with every `make test`.
- `long`: takes long, or starts, kills or waits for programs; CI's second half runs it in its short form.
- `browser`: opens a page in headless Chromium; CI's second half runs it.
- `torture`: only `make torture` runs it.

`make torture` runs everything that tries to break the system, with JOBFIRST_TORTURE=1: the long form of each test.
"""

from __future__ import annotations

import os
import random

VARIABLE = "JOBFIRST_TORTURE"
IS_LONG = os.environ.get(VARIABLE, "") not in ("", "0")
SEED = int(os.environ.get("JOBFIRST_TORTURE_SEED", "20180215"))
LONGEST_SECONDS = 3600
"""What a test may take in its long form; pyproject.toml says it for the short one: long enough on a loaded machine."""


def times(short: int, long: int) -> int:
    """Give how many times to try."""
    return long if IS_LONG else short


def seeded(name: str) -> random.Random:
    """Give the random choices of one test, and print their seed: it is shown when the test fails."""
    print(f"{name}: seed {SEED}")  # noqa: T201 - a test's output is shown when it fails
    return random.Random(f"{SEED} {name}")
