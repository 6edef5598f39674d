"""Telling how far a run is, on standard error: as bars on a terminal, as plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tasks.base.english import visible

if TYPE_CHECKING:
    from rich.progress import TaskID

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

_SECONDS_BETWEEN_LINES = 5.0


class Teller:
    """Tells of one step after another."""

    def step(self, name: str) -> Progress:
        """Begin a step; give what its progress is told to."""
        raise NotImplementedError

    def note(self, text: str) -> None:
        """Tell something once."""
        raise NotImplementedError


class Silence(Teller):
    """Tells nothing."""

    def step(self, name: str) -> Progress:  # noqa: ARG002 - a silent step has no use for its name
        """Begin a step that nobody is told of."""
        return _tell_nobody

    def note(self, text: str) -> None:
        """Tell nobody."""


class Lines(Teller):
    """Tells in lines: when a step has ended, and now and then while it runs."""

    def step(self, name: str) -> Progress:
        """Begin a step."""
        told_at = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told_at
            if done >= total or time.monotonic() - told_at > _SECONDS_BETWEEN_LINES:
                told_at = time.monotonic()
                print(f"{name}: {done} of {total}", file=sys.stderr, flush=True)  # noqa: T201 - its purpose

        return tell

    def note(self, text: str) -> None:
        """Tell something in a line."""
        print(visible(text), file=sys.stderr, flush=True)  # noqa: T201 - its purpose


class Bars(Teller):
    """Tells in bars, one below the other."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bars = RichProgress(*columns, console=Console(stderr=True))

    def step(self, name: str) -> Progress:
        """Begin a step."""
        bar: TaskID = self.bars.add_task(name, total=None)
        return lambda done, total: self.bars.update(bar, completed=done, total=total)

    def note(self, text: str) -> None:
        """Tell something above the bars."""
        self.bars.console.print(visible(text), markup=False, highlight=False)


def _tell_nobody(done: int, total: int) -> None:
    pass


@contextmanager
def telling() -> Iterator[Teller]:
    """Tell of progress while the block runs."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    bars = Bars()
    with bars.bars:
        yield bars
