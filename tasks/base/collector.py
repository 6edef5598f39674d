"""Python's collector of cycles, where it costs time and gains nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Collect no cycles for a while: many objects are made, and none of them is garbage before the end.

    The collector looks at all young objects after every 700 new ones, which is of no use here. Garbage made meanwhile
    goes when it is on again. The switch is the process's: for short pieces of work only.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
