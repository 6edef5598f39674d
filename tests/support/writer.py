"""Another process that writes to a home for as long as a test wants: it imports little, since it starts afresh."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.warehouse.lock import hold_lock


def _write(home: Path, title: str, has_it: Any, may_go: Any) -> None:
    with hold_lock(home, title, datetime.now(UTC)):
        has_it.set()
        may_go.wait()


@contextmanager
def another_writes(home: Path, title: str) -> Iterator[None]:
    """Have another process hold the home's lock for a run of this title."""
    context = multiprocessing.get_context("spawn")
    has_it, may_go = context.Event(), context.Event()
    process = context.Process(target=_write, args=(home, title, has_it, may_go))
    process.start()
    try:
        assert has_it.wait(600)
        yield
    finally:
        may_go.set()
        process.join()
